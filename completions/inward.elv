
use builtin;
use str;

set edit:completion:arg-completer[inward] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'inward'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'inward'= {
            cand --journal 'Use the journal in this folder'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
            cand intent 'Carry an intention into the day'
            cand reflect 'One moment of connection, however small'
            cand gratitude 'Something that was good this week, and what it gave you'
            cand assess 'What heals and what harms, over the past four weeks'
            cand write 'Write freely'
            cand list 'List entries, newest first'
            cand show 'Show entries whole; without an id or a query, the newest'
            cand search 'Find entries that contain a text, newest first'
            cand export 'Export entries to markdown or JSON'
            cand edit 'Change an entry''s answers, time or tags'
            cand delete 'Delete entries, after showing them'
            cand due 'Say which practices come round now; exit 1 if none'
            cand init 'Set the journal up: make its key'
            cand practices 'List the practices, show one, or check your own'
            cand tour 'See it work, in a journal that is gone afterwards'
            cand completions 'Print completions for a shell'
            cand man 'Print a manual page, or write all of them to a folder'
            cand help 'Help on a command, or on safety, support or privacy'
        }
        &'inward;intent'= {
            cand --answers 'Read the answers from a JSON object of question and value; - is standard input'
            cand --at 'When it was: 2026-11-20, "2026-11-20 21:00", yesterday, "3 days ago"'
            cand -t 'Tag the entry; may be repeated'
            cand --tag 'Tag the entry; may be repeated'
            cand --stillness 'A minute of stillness first? (the minutes that you sat, from 0 to 60)'
            cand --intention 'What would you like to carry into today? (text)'
            cand --if 'When might it matter? If … (text)'
            cand --then '… then I will … (text)'
            cand --room 'How much room is there in you today? (a whole number from 0 to 4, or cant-say)'
            cand --journal 'Use the journal in this folder'
            cand --ask 'Ask what the command line does not answer'
            cand --json 'Print JSON and nothing else on standard output'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'inward;reflect'= {
            cand --answers 'Read the answers from a JSON object of question and value; - is standard input'
            cand --at 'When it was: 2026-11-20, "2026-11-20 21:00", yesterday, "3 days ago"'
            cand -t 'Tag the entry; may be repeated'
            cand --tag 'Tag the entry; may be repeated'
            cand --outcome 'How did this morning''s intention go? (one of never-came-up, forgot, noticed, did)'
            cand --connection 'One moment of connection today, however small, or none. (text)'
            cand --needed-instead 'What did you need instead? (text)'
            cand --closeness 'How close did you feel to your partner? (a whole number from 0 to 4, or cant-say)'
            cand --saw 'What did you see in yourself today? (one or more of withdrew, unsaid, close-then-gone, relying, none, with commas between, or words of your own)'
            cand --disagreement 'Was there a disagreement? (yes or no)'
            cand --well-wisher 'Tell it as someone would who wishes you both well. (text)'
            cand --stays-here 'What can stay here tonight? (text)'
            cand --journal 'Use the journal in this folder'
            cand --ask 'Ask what the command line does not answer'
            cand --json 'Print JSON and nothing else on standard output'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'inward;gratitude'= {
            cand --answers 'Read the answers from a JSON object of question and value; - is standard input'
            cand --at 'When it was: 2026-11-20, "2026-11-20 21:00", yesterday, "3 days ago"'
            cand -t 'Tag the entry; may be repeated'
            cand --tag 'Tag the entry; may be repeated'
            cand --gratitude 'Something that your partner did or was this week, and that you are glad of. (text)'
            cand --gave 'What did it give you? (text)'
            cand --self 'Something that you appreciate in yourself. (text)'
            cand --share 'Will you share it? (one of said, will-say, keep, not-safe)'
            cand --say-what 'In which words? (text)'
            cand --say-when 'When? (text)'
            cand --journal 'Use the journal in this folder'
            cand --ask 'Ask what the command line does not answer'
            cand --json 'Print JSON and nothing else on standard output'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'inward;assess'= {
            cand --answers 'Read the answers from a JSON object of question and value; - is standard input'
            cand --at 'When it was: 2026-11-20, "2026-11-20 21:00", yesterday, "3 days ago"'
            cand -t 'Tag the entry; may be repeated'
            cand --tag 'Tag the entry; may be repeated'
            cand --withdrew-me 'When it got serious, I drew back or went quiet. (a whole number from 0 to 4, or cant-say)'
            cand --withdrew-partner 'When it got serious, my partner drew back or went quiet, as I saw it. (a whole number from 0 to 4, or cant-say)'
            cand --unsaid-me 'I found it hard to say what I felt or needed. (a whole number from 0 to 4, or cant-say)'
            cand --unsaid-partner 'My partner found it hard to say what they felt or needed, as I saw it. (a whole number from 0 to 4, or cant-say)'
            cand --mixed-me 'I was close, and then gone. (a whole number from 0 to 4, or cant-say)'
            cand --mixed-partner 'My partner was close, and then gone, as I saw it. (a whole number from 0 to 4, or cant-say)'
            cand --relying-me 'Relying on my partner, or being relied on, felt uncomfortable to me. (a whole number from 0 to 4, or cant-say)'
            cand --relying-partner 'Relying on me, or being relied on, felt uncomfortable to my partner, as I saw it. (a whole number from 0 to 4, or cant-say)'
            cand --tension 'We went round in the same circle of tension and frustration. (a whole number from 0 to 4, or cant-say)'
            cand --disconnection 'I felt cut off, unseen or unloved. (a whole number from 0 to 4, or cant-say)'
            cand --push-pull 'The more one of us reached out, anxious for an answer, the further the other stepped back. (a whole number from 0 to 4, or cant-say)'
            cand --broken-talk 'Talking broke down, and things stayed unsettled. (a whole number from 0 to 4, or cant-say)'
            cand --fragile 'Trust, safety or intimacy between us felt fragile. (a whole number from 0 to 4, or cant-say)'
            cand --willing-me 'I was willing to work on this. (a whole number from 0 to 4, or cant-say)'
            cand --willing-partner 'My partner was willing to work on this, as I saw it. (a whole number from 0 to 4, or cant-say)'
            cand --safe-space 'There was a safe and trusting space between us to speak in. (a whole number from 0 to 4, or cant-say)'
            cand --growth-me 'I looked at my own part, and learned something. (a whole number from 0 to 4, or cant-say)'
            cand --growth-partner 'My partner looked at their own part, and learned something, as I saw it. (a whole number from 0 to 4, or cant-say)'
            cand --refused 'My partner would not talk about it or look at it. (a whole number from 0 to 4, or cant-say)'
            cand --unmet 'Needs that stayed unmet left me anxious or resentful. (a whole number from 0 to 4, or cant-say)'
            cand --ignored 'I tried to talk, and it was ignored. (a whole number from 0 to 4, or cant-say)'
            cand --doubt-pain 'Being with my partner left me doubting myself, or in pain. (a whole number from 0 to 4, or cant-say)'
            cand --fear 'I felt afraid of my partner. (a whole number from 0 to 4, or cant-say)'
            cand --frightened 'In the past year, have you been frightened of a partner? (yes or no)'
            cand --note 'Is there anything that the numbers leave out? (text)'
            cand --journal 'Use the journal in this folder'
            cand --ask 'Ask what the command line does not answer'
            cand --json 'Print JSON and nothing else on standard output'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'inward;write'= {
            cand --answers 'Read the answers from a JSON object of question and value; - is standard input'
            cand --at 'When it was: 2026-11-20, "2026-11-20 21:00", yesterday, "3 days ago"'
            cand -t 'Tag the entry; may be repeated'
            cand --tag 'Tag the entry; may be repeated'
            cand --page 'Write what is there. (text)'
            cand --title 'A title, if you like. (text)'
            cand --tags 'Tags, if you like. (words of letters, digits, - or _, with commas between)'
            cand --afterwards 'How is it now, compared with before? (one of lighter, same, heavier)'
            cand --journal 'Use the journal in this folder'
            cand --ask 'Ask what the command line does not answer'
            cand --json 'Print JSON and nothing else on standard output'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'inward;list'= {
            cand -p 'Only this practice; may be repeated'
            cand --practice 'Only this practice; may be repeated'
            cand --on 'Only this day, month (2026-11) or year'
            cand --from 'This day and later'
            cand --to 'This day and earlier'
            cand -t 'Only entries with this tag; may be repeated'
            cand --tag 'Only entries with this tag; may be repeated'
            cand --containing 'Only entries that contain this text; a capital asks for its case'
            cand -n 'Only the newest N of them'
            cand --last 'Only the newest N of them'
            cand --journal 'Use the journal in this folder'
            cand --json 'Print JSON and nothing else on standard output'
            cand --on-this-day 'A week ago, a month ago, and this day in earlier years'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'inward;show'= {
            cand -p 'Only this practice; may be repeated'
            cand --practice 'Only this practice; may be repeated'
            cand --on 'Only this day, month (2026-11) or year'
            cand --from 'This day and later'
            cand --to 'This day and earlier'
            cand -t 'Only entries with this tag; may be repeated'
            cand --tag 'Only entries with this tag; may be repeated'
            cand --containing 'Only entries that contain this text; a capital asks for its case'
            cand -n 'Only the newest N of them'
            cand --last 'Only the newest N of them'
            cand --journal 'Use the journal in this folder'
            cand --json 'Print JSON and nothing else on standard output'
            cand --on-this-day 'A week ago, a month ago, and this day in earlier years'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'inward;search'= {
            cand -p 'Only this practice; may be repeated'
            cand --practice 'Only this practice; may be repeated'
            cand --on 'Only this day, month (2026-11) or year'
            cand --from 'This day and later'
            cand --to 'This day and earlier'
            cand -t 'Only entries with this tag; may be repeated'
            cand --tag 'Only entries with this tag; may be repeated'
            cand --containing 'Only entries that contain this text; a capital asks for its case'
            cand -n 'Only the newest N of them'
            cand --last 'Only the newest N of them'
            cand --journal 'Use the journal in this folder'
            cand --json 'Print JSON and nothing else on standard output'
            cand --on-this-day 'A week ago, a month ago, and this day in earlier years'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'inward;export'= {
            cand -o 'Write there instead of to standard output; a folder, or a name that ends in /, gets a file a day'
            cand --output 'Write there instead of to standard output; a folder, or a name that ends in /, gets a file a day'
            cand --format 'What to write: markdown (the default) or json'
            cand -p 'Only this practice; may be repeated'
            cand --practice 'Only this practice; may be repeated'
            cand --on 'Only this day, month (2026-11) or year'
            cand --from 'This day and later'
            cand --to 'This day and earlier'
            cand -t 'Only entries with this tag; may be repeated'
            cand --tag 'Only entries with this tag; may be repeated'
            cand --containing 'Only entries that contain this text; a capital asks for its case'
            cand -n 'Only the newest N of them'
            cand --last 'Only the newest N of them'
            cand --journal 'Use the journal in this folder'
            cand --force 'Replace files that are there'
            cand --on-this-day 'A week ago, a month ago, and this day in earlier years'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'inward;edit'= {
            cand --answers 'Read the changes from a JSON object; - is standard input'
            cand --at 'Move it to another time'
            cand -t 'Add a tag; may be repeated'
            cand --tag 'Add a tag; may be repeated'
            cand --untag 'Take a tag away; may be repeated'
            cand --journal 'Use the journal in this folder'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'inward;delete'= {
            cand --journal 'Use the journal in this folder'
            cand --yes 'Do not ask'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'inward;due'= {
            cand --journal 'Use the journal in this folder'
            cand -q 'Say nothing; the exit code tells'
            cand --quiet 'Say nothing; the exit code tells'
            cand --json 'Print JSON and nothing else on standard output'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'inward;init'= {
            cand --recipient 'Seal entries to this age recipient as well; may be repeated'
            cand --journal 'Use the journal in this folder'
            cand --no-passphrase 'Leave the identity file unencrypted: whoever can read it can read the journal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'inward;practices'= {
            cand --journal 'Use the journal in this folder'
            cand --json 'Print JSON and nothing else on standard output'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'inward;tour'= {
            cand --journal 'Use the journal in this folder'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'inward;completions'= {
            cand --journal 'Use the journal in this folder'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'inward;man'= {
            cand -o 'Write every page to this folder'
            cand --output 'Write every page to this folder'
            cand --journal 'Use the journal in this folder'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'inward;help'= {
            cand --journal 'Use the journal in this folder'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
    ]
    $completions[$command]
}
