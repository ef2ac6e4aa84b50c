# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_inward_global_optspecs
    string join \n journal= h/help V/version
end

function __fish_inward_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_inward_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_inward_using_subcommand
    set -l cmd (__fish_inward_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c inward -n "__fish_inward_needs_command" -l journal -d 'Use the journal in this folder' -r -f -a "(__fish_complete_directories)"
complete -c inward -n "__fish_inward_needs_command" -s h -l help -d 'Print help'
complete -c inward -n "__fish_inward_needs_command" -s V -l version -d 'Print version'
complete -c inward -n "__fish_inward_needs_command" -f -a "intent" -d 'Carry an intention into the day'
complete -c inward -n "__fish_inward_needs_command" -f -a "reflect" -d 'One moment of connection, however small'
complete -c inward -n "__fish_inward_needs_command" -f -a "gratitude" -d 'Something that was good this week, and what it gave you'
complete -c inward -n "__fish_inward_needs_command" -f -a "notice" -d 'What happened, what you did, what it was protecting'
complete -c inward -n "__fish_inward_needs_command" -f -a "feel" -d 'Say what you feel and need, without blame'
complete -c inward -n "__fish_inward_needs_command" -f -a "needs" -d 'What you needed, and where your boundaries lie'
complete -c inward -n "__fish_inward_needs_command" -f -a "pause" -d 'A few minutes of stillness, and what you hear'
complete -c inward -n "__fish_inward_needs_command" -f -a "write" -d 'Write freely'
complete -c inward -n "__fish_inward_needs_command" -f -a "assess" -d 'What heals and what harms, over the past four weeks'
complete -c inward -n "__fish_inward_needs_command" -f -a "grow" -d 'What you do for yourself, and what may come next'
complete -c inward -n "__fish_inward_needs_command" -f -a "guide" -d 'Dynamics, needs, two paths, and what stays true of you'
complete -c inward -n "__fish_inward_needs_command" -f -a "release" -d 'Questions to sit with when you are not sure'
complete -c inward -n "__fish_inward_needs_command" -f -a "list" -d 'List entries, newest first'
complete -c inward -n "__fish_inward_needs_command" -f -a "show" -d 'Show entries whole; without an id or a query, the newest'
complete -c inward -n "__fish_inward_needs_command" -f -a "search" -d 'Find entries that contain some words, newest first'
complete -c inward -n "__fish_inward_needs_command" -f -a "patterns" -d 'See what several entries show together'
complete -c inward -n "__fish_inward_needs_command" -f -a "export" -d 'Export entries to markdown, HTML, JSON or CSV'
complete -c inward -n "__fish_inward_needs_command" -f -a "import" -d 'Bring in entries from another journal'
complete -c inward -n "__fish_inward_needs_command" -f -a "edit" -d 'Change an entry\'s answers, time or tags'
complete -c inward -n "__fish_inward_needs_command" -f -a "delete" -d 'Delete entries, after showing them'
complete -c inward -n "__fish_inward_needs_command" -f -a "resume" -d 'Go on with a sitting that was broken off'
complete -c inward -n "__fish_inward_needs_command" -f -a "due" -d 'Say which practices come round now; exit 1 if none'
complete -c inward -n "__fish_inward_needs_command" -f -a "routine" -d 'Go through the practices of the hour, one after another'
complete -c inward -n "__fish_inward_needs_command" -f -a "remind" -d 'A neutral notification at set hours, where something is due'
complete -c inward -n "__fish_inward_needs_command" -f -a "prompt" -d 'Print a mark for the shell\'s prompt'
complete -c inward -n "__fish_inward_needs_command" -f -a "sync" -d 'Bring the journal on several devices together, with git'
complete -c inward -n "__fish_inward_needs_command" -f -a "unlock" -d 'Read without the passphrase for some minutes'
complete -c inward -n "__fish_inward_needs_command" -f -a "lock" -d 'End what unlock began'
complete -c inward -n "__fish_inward_needs_command" -f -a "key" -d 'The key: show, back up, change its passphrase, add a device'
complete -c inward -n "__fish_inward_needs_command" -f -a "init" -d 'Set the journal up: make its key'
complete -c inward -n "__fish_inward_needs_command" -f -a "config" -d 'Show, edit or check the settings'
complete -c inward -n "__fish_inward_needs_command" -f -a "doctor" -d 'Check the journal, and say what was found'
complete -c inward -n "__fish_inward_needs_command" -f -a "practices" -d 'List the practices, show one, check your own, or begin one'
complete -c inward -n "__fish_inward_needs_command" -f -a "tour" -d 'See it work, in a journal that is gone afterwards'
complete -c inward -n "__fish_inward_needs_command" -f -a "completions" -d 'Print completions for a shell'
complete -c inward -n "__fish_inward_needs_command" -f -a "man" -d 'Print a manual page, or write all of them to a folder'
complete -c inward -n "__fish_inward_needs_command" -f -a "help" -d 'Help on a command, or on safety, support, privacy and more'
complete -c inward -n "__fish_inward_using_subcommand intent" -l answers -d 'Read the answers from a JSON object of question and value; - is standard input' -r -F
complete -c inward -n "__fish_inward_using_subcommand intent" -l at -d 'When it was: 2026-11-20, "2026-11-20 21:00", yesterday, "3 days ago"' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand intent" -s t -l tag -d 'Tag the entry; may be repeated' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand intent" -l stillness -d 'A minute of stillness first? (the minutes that you sat, from 0 to 60)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand intent" -l intention -d 'What would you like to carry into today? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand intent" -l if -d 'When might it matter? If … (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand intent" -l then -d '… then I will … (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand intent" -l room -d 'How much room do you have for this today? (a whole number from 0 to 4, or cant-say)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand intent" -l journal -d 'Use the journal in this folder' -r -f -a "(__fish_complete_directories)"
complete -c inward -n "__fish_inward_using_subcommand intent" -l ask -d 'Ask what the command line does not answer'
complete -c inward -n "__fish_inward_using_subcommand intent" -l json -d 'Print JSON and nothing else on standard output'
complete -c inward -n "__fish_inward_using_subcommand intent" -l sit -d 'Sit for the minutes that the timer\'s flag gives, with a plain countdown, and then keep'
complete -c inward -n "__fish_inward_using_subcommand intent" -s h -l help -d 'Print help'
complete -c inward -n "__fish_inward_using_subcommand reflect" -l answers -d 'Read the answers from a JSON object of question and value; - is standard input' -r -F
complete -c inward -n "__fish_inward_using_subcommand reflect" -l at -d 'When it was: 2026-11-20, "2026-11-20 21:00", yesterday, "3 days ago"' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand reflect" -s t -l tag -d 'Tag the entry; may be repeated' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand reflect" -l outcome -d 'How did today\'s intention go? (one of never-came-up, forgot, noticed, did)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand reflect" -l connection -d 'One moment of connection today, however small, or none. (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand reflect" -l needed-instead -d 'What did you need instead? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand reflect" -l closeness -d 'How close did you feel to your partner? (a whole number from 0 to 4, or cant-say)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand reflect" -l saw -d 'What did you see in yourself today? (one or more of withdrew, unsaid, close-then-gone, relying, none, with commas between, or words of your own)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand reflect" -l disagreement -d 'Was there a disagreement? (one of no, yes, not-safe)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand reflect" -l well-wisher -d 'Tell it as someone would who wishes you both well. (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand reflect" -l stays-here -d 'What can stay here tonight? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand reflect" -l journal -d 'Use the journal in this folder' -r -f -a "(__fish_complete_directories)"
complete -c inward -n "__fish_inward_using_subcommand reflect" -l ask -d 'Ask what the command line does not answer'
complete -c inward -n "__fish_inward_using_subcommand reflect" -l json -d 'Print JSON and nothing else on standard output'
complete -c inward -n "__fish_inward_using_subcommand reflect" -s h -l help -d 'Print help'
complete -c inward -n "__fish_inward_using_subcommand gratitude" -l answers -d 'Read the answers from a JSON object of question and value; - is standard input' -r -F
complete -c inward -n "__fish_inward_using_subcommand gratitude" -l at -d 'When it was: 2026-11-20, "2026-11-20 21:00", yesterday, "3 days ago"' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand gratitude" -s t -l tag -d 'Tag the entry; may be repeated' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand gratitude" -l gratitude -d 'Something that your partner did or was this week, and that you are glad of. (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand gratitude" -l gave -d 'What did it give you? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand gratitude" -l self -d 'Something that you appreciate in yourself. (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand gratitude" -l share -d 'Will you share it? (one of said, will-say, keep, not-safe)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand gratitude" -l say-what -d 'In which words? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand gratitude" -l say-when -d 'When? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand gratitude" -l became -d 'What became of it? (one of said, stayed, faded, not-safe)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand gratitude" -l landed -d 'What did you see when you said it? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand gratitude" -l journal -d 'Use the journal in this folder' -r -f -a "(__fish_complete_directories)"
complete -c inward -n "__fish_inward_using_subcommand gratitude" -l ask -d 'Ask what the command line does not answer'
complete -c inward -n "__fish_inward_using_subcommand gratitude" -l json -d 'Print JSON and nothing else on standard output'
complete -c inward -n "__fish_inward_using_subcommand gratitude" -l follow-up -d 'Ask only what became of an earlier entry'
complete -c inward -n "__fish_inward_using_subcommand gratitude" -s h -l help -d 'Print help'
complete -c inward -n "__fish_inward_using_subcommand notice" -l answers -d 'Read the answers from a JSON object of question and value; - is standard input' -r -F
complete -c inward -n "__fish_inward_using_subcommand notice" -l at -d 'When it was: 2026-11-20, "2026-11-20 21:00", yesterday, "3 days ago"' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand notice" -s t -l tag -d 'Tag the entry; may be repeated' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand notice" -l happened -d 'What happened just before? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand notice" -l body -d 'What did your body do? (one or more of breath, chest, heart, stomach, jaw-shoulders, heat, numb, heavy, restless, nothing, with commas between, or words of your own)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand notice" -l did -d 'What did you do? (one or more of went-quiet, left, got-busy, joked, pressed-closer, stayed, with commas between, or words of your own)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand notice" -l underneath -d 'What might have been underneath? (one or more of too-close, hurt, losing-myself, being-left, old-memory, unsafe, dont-know, with commas between, or words of your own)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand notice" -l stepped-back -d 'Who stepped back? (one of me, partner, both, in-turn, nobody, hard-to-say)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand notice" -l strength -d 'How strong was it? (a whole number from 0 to 4, or cant-say)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand notice" -l protecting -d 'What might the distance have been protecting? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand notice" -l next-if -d 'Next time, if … (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand notice" -l next-then -d '… then I will … (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand notice" -l journal -d 'Use the journal in this folder' -r -f -a "(__fish_complete_directories)"
complete -c inward -n "__fish_inward_using_subcommand notice" -l ask -d 'Ask what the command line does not answer'
complete -c inward -n "__fish_inward_using_subcommand notice" -l json -d 'Print JSON and nothing else on standard output'
complete -c inward -n "__fish_inward_using_subcommand notice" -s h -l help -d 'Print help'
complete -c inward -n "__fish_inward_using_subcommand feel" -l answers -d 'Read the answers from a JSON object of question and value; - is standard input' -r -F
complete -c inward -n "__fish_inward_using_subcommand feel" -l at -d 'When it was: 2026-11-20, "2026-11-20 21:00", yesterday, "3 days ago"' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand feel" -s t -l tag -d 'Tag the entry; may be repeated' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand feel" -l feeling -d 'I feel … (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand feel" -l when -d '… when … (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand feel" -l need -d 'I need … (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand feel" -l care -d 'I care about … (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand feel" -l request -d 'A request that they may decline. Would you be willing to … (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand feel" -l their-side -d 'How might it look from their side? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand feel" -l share -d 'What would you like to do with it? (one of say, keep, not-safe)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand feel" -l received -d 'How was it received? (one of heard, partly, not, ignored, unsaid, not-safe)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand feel" -l received-note -d 'What happened, and what was it like for you? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand feel" -l journal -d 'Use the journal in this folder' -r -f -a "(__fish_complete_directories)"
complete -c inward -n "__fish_inward_using_subcommand feel" -l ask -d 'Ask what the command line does not answer'
complete -c inward -n "__fish_inward_using_subcommand feel" -l json -d 'Print JSON and nothing else on standard output'
complete -c inward -n "__fish_inward_using_subcommand feel" -l follow-up -d 'Ask only what became of an earlier entry'
complete -c inward -n "__fish_inward_using_subcommand feel" -s h -l help -d 'Print help'
complete -c inward -n "__fish_inward_using_subcommand needs" -l answers -d 'Read the answers from a JSON object of question and value; - is standard input' -r -F
complete -c inward -n "__fish_inward_using_subcommand needs" -l at -d 'When it was: 2026-11-20, "2026-11-20 21:00", yesterday, "3 days ago"' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand needs" -s t -l tag -d 'Tag the entry; may be repeated' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand needs" -l met -d 'Which of your needs were met lately? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand needs" -l unmet -d 'Which need stayed unmet? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand needs" -l unmet-left -d 'What does that leave in you? (one or more of anxious, resentful, sad, tired, numb, little, with commas between, or words of your own)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand needs" -l boundary -d 'A boundary that mattered, or that would have helped. (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand needs" -l boundary-kind -d 'What kind of boundary is it? (one of time, space, tone, privacy, body, contact, or words of your own)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand needs" -l space -d 'How could you take space when you need it? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand needs" -l back -d 'How could you say when you will be back? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand needs" -l respected -d 'Was your boundary, or your need for space, respected? (one of yes, partly, no, unsaid, not-safe)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand needs" -l relying -d 'How easy was it to rely on your partner? (a whole number from 0 to 4, or cant-say)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand needs" -l relied-on -d 'How easy was it to be relied on? (a whole number from 0 to 4, or cant-say)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand needs" -l journal -d 'Use the journal in this folder' -r -f -a "(__fish_complete_directories)"
complete -c inward -n "__fish_inward_using_subcommand needs" -l ask -d 'Ask what the command line does not answer'
complete -c inward -n "__fish_inward_using_subcommand needs" -l json -d 'Print JSON and nothing else on standard output'
complete -c inward -n "__fish_inward_using_subcommand needs" -s h -l help -d 'Print help'
complete -c inward -n "__fish_inward_using_subcommand pause" -l answers -d 'Read the answers from a JSON object of question and value; - is standard input' -r -F
complete -c inward -n "__fish_inward_using_subcommand pause" -l at -d 'When it was: 2026-11-20, "2026-11-20 21:00", yesterday, "3 days ago"' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand pause" -s t -l tag -d 'Tag the entry; may be repeated' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand pause" -l unsettled -d 'How unsettled are you right now? (a whole number from 0 to 4, or cant-say)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand pause" -l stillness -d 'Sit for a while? (the minutes that you sat, from 0 to 60)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand pause" -l unsettled-now -d 'And now? (a whole number from 0 to 4, or cant-say)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand pause" -l heard -d 'What did you hear, if anything? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand pause" -l journal -d 'Use the journal in this folder' -r -f -a "(__fish_complete_directories)"
complete -c inward -n "__fish_inward_using_subcommand pause" -l ask -d 'Ask what the command line does not answer'
complete -c inward -n "__fish_inward_using_subcommand pause" -l json -d 'Print JSON and nothing else on standard output'
complete -c inward -n "__fish_inward_using_subcommand pause" -l sit -d 'Sit for the minutes that the timer\'s flag gives, with a plain countdown, and then keep'
complete -c inward -n "__fish_inward_using_subcommand pause" -s h -l help -d 'Print help'
complete -c inward -n "__fish_inward_using_subcommand write" -l answers -d 'Read the answers from a JSON object of question and value; - is standard input' -r -F
complete -c inward -n "__fish_inward_using_subcommand write" -l at -d 'When it was: 2026-11-20, "2026-11-20 21:00", yesterday, "3 days ago"' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand write" -s t -l tag -d 'Tag the entry; may be repeated' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand write" -l page -d 'Write what is there. (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand write" -l title -d 'A title, if you like. (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand write" -l tags -d 'Tags, if you like. (words of letters, digits, - or _, with commas between)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand write" -l afterwards -d 'How is it now, compared with before? (one of lighter, same, heavier)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand write" -l journal -d 'Use the journal in this folder' -r -f -a "(__fish_complete_directories)"
complete -c inward -n "__fish_inward_using_subcommand write" -l ask -d 'Ask what the command line does not answer'
complete -c inward -n "__fish_inward_using_subcommand write" -l json -d 'Print JSON and nothing else on standard output'
complete -c inward -n "__fish_inward_using_subcommand write" -s h -l help -d 'Print help'
complete -c inward -n "__fish_inward_using_subcommand assess" -l answers -d 'Read the answers from a JSON object of question and value; - is standard input' -r -F
complete -c inward -n "__fish_inward_using_subcommand assess" -l at -d 'When it was: 2026-11-20, "2026-11-20 21:00", yesterday, "3 days ago"' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand assess" -s t -l tag -d 'Tag the entry; may be repeated' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand assess" -l withdrew-me -d 'When it got serious, I drew back or went quiet. (a whole number from 0 to 4, or cant-say)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand assess" -l withdrew-partner -d 'When it got serious, my partner drew back or went quiet, as I saw it. (a whole number from 0 to 4, or cant-say)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand assess" -l unsaid-me -d 'I found it hard to say what I felt or needed. (a whole number from 0 to 4, or cant-say)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand assess" -l unsaid-partner -d 'My partner found it hard to say what they felt or needed, as I saw it. (a whole number from 0 to 4, or cant-say)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand assess" -l mixed-me -d 'I was close, and then gone. (a whole number from 0 to 4, or cant-say)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand assess" -l mixed-partner -d 'My partner was close, and then gone, as I saw it. (a whole number from 0 to 4, or cant-say)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand assess" -l relying-me -d 'Relying on my partner, or being relied on, felt uncomfortable to me. (a whole number from 0 to 4, or cant-say)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand assess" -l relying-partner -d 'Relying on me, or being relied on, felt uncomfortable to my partner, as I saw it. (a whole number from 0 to 4, or cant-say)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand assess" -l tension -d 'We went round in the same circle of tension and frustration. (a whole number from 0 to 4, or cant-say)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand assess" -l disconnection -d 'I felt cut off, unseen or unloved. (a whole number from 0 to 4, or cant-say)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand assess" -l push-pull -d 'The more one of us reached out, anxious for an answer, the further the other stepped back. (a whole number from 0 to 4, or cant-say)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand assess" -l broken-talk -d 'Talking broke down, and things stayed unsettled. (a whole number from 0 to 4, or cant-say)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand assess" -l fragile -d 'Trust, safety or intimacy between us felt fragile. (a whole number from 0 to 4, or cant-say)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand assess" -l willing-me -d 'I was willing to work on this. (a whole number from 0 to 4, or cant-say)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand assess" -l willing-partner -d 'My partner was willing to work on this, as I saw it. (a whole number from 0 to 4, or cant-say)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand assess" -l safe-space -d 'There was a safe and trusting space between us to speak in. (a whole number from 0 to 4, or cant-say)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand assess" -l growth-me -d 'I looked at my own part, and learned something. (a whole number from 0 to 4, or cant-say)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand assess" -l growth-partner -d 'My partner looked at their own part, and learned something, as I saw it. (a whole number from 0 to 4, or cant-say)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand assess" -l refused -d 'My partner would not talk about it or look at it. (a whole number from 0 to 4, or cant-say)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand assess" -l unmet -d 'Needs that stayed unmet left me anxious or resentful. (a whole number from 0 to 4, or cant-say)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand assess" -l ignored -d 'I tried to talk, and it was ignored. (a whole number from 0 to 4, or cant-say)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand assess" -l doubt-pain -d 'Being with my partner left me doubting myself, or in pain. (a whole number from 0 to 4, or cant-say)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand assess" -l fear -d 'I felt afraid of my partner. (a whole number from 0 to 4, or cant-say)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand assess" -l frightened -d 'In the past year, have you been frightened of a partner? (yes or no)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand assess" -l hold-back -d 'Shall this journal go on holding back? (yes or no)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand assess" -l note -d 'Is there anything that the numbers leave out? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand assess" -l journal -d 'Use the journal in this folder' -r -f -a "(__fish_complete_directories)"
complete -c inward -n "__fish_inward_using_subcommand assess" -l ask -d 'Ask what the command line does not answer'
complete -c inward -n "__fish_inward_using_subcommand assess" -l json -d 'Print JSON and nothing else on standard output'
complete -c inward -n "__fish_inward_using_subcommand assess" -s h -l help -d 'Print help'
complete -c inward -n "__fish_inward_using_subcommand grow" -l answers -d 'Read the answers from a JSON object of question and value; - is standard input' -r -F
complete -c inward -n "__fish_inward_using_subcommand grow" -l at -d 'When it was: 2026-11-20, "2026-11-20 21:00", yesterday, "3 days ago"' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand grow" -s t -l tag -d 'Tag the entry; may be repeated' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand grow" -l for-myself -d 'What did you do for yourself this month? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand grow" -l handled -d 'A reaction that you handled differently, or would like to. (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand grow" -l guidance -d 'Guidance from someone trained, such as a therapist: where are you with it? (one of curious, looking, alone, together, not-now)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand grow" -l bring -d 'A question that you would bring there. (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand grow" -l next-step -d 'A next step, as small as you like. (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand grow" -l journal -d 'Use the journal in this folder' -r -f -a "(__fish_complete_directories)"
complete -c inward -n "__fish_inward_using_subcommand grow" -l ask -d 'Ask what the command line does not answer'
complete -c inward -n "__fish_inward_using_subcommand grow" -l json -d 'Print JSON and nothing else on standard output'
complete -c inward -n "__fish_inward_using_subcommand grow" -s h -l help -d 'Print help'
complete -c inward -n "__fish_inward_using_subcommand guide" -l answers -d 'Read the answers from a JSON object of question and value; - is standard input' -r -F
complete -c inward -n "__fish_inward_using_subcommand guide" -l at -d 'When it was: 2026-11-20, "2026-11-20 21:00", yesterday, "3 days ago"' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand guide" -s t -l tag -d 'Tag the entry; may be repeated' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand guide" -l movement -d 'How do closeness and distance move between you? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand guide" -l early -d 'What did you learn early about being close? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand guide" -l protects -d 'What does distance protect in you? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand guide" -l protects-other -d 'What might distance protect in your partner? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand guide" -l next-me -d 'When distance comes, what do you do next? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand guide" -l next-other -d 'And what does your partner do next, as you see it? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand guide" -l new-here -d 'What do you see now that you had not put into words before? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand guide" -l need-most -d 'What do you need most when you are close to someone? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand guide" -l hard-to-say -d 'Which need is hardest to say, and what happens in you when you try? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand guide" -l their-needs -d 'What does your partner need, as far as you know? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand guide" -l boundary -d 'Which boundary would you like to keep? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand guide" -l crossed -d 'When it is crossed, what do you do? What would you like to do? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand guide" -l take-space -d 'When you need space, how could you take it? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand guide" -l available -d 'How could your partner know, meanwhile, that you are still there? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand guide" -l present -d 'What is present between you? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand guide" -l missing -d 'What is missing? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand guide" -l tried -d 'What have you tried, and what came of it? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand guide" -l holding-on -d 'Am I holding on because of love, fear, or habit? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand guide" -l well-being -d 'Does this relationship support my growth and well-being? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand guide" -l respected -d 'Have my attempts to connect been respected? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand guide" -l heal -d 'One path is to heal. What would it ask of each of you? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand guide" -l leave -d 'One path is to leave. What would you be looking after? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand guide" -l stays-true -d 'What stays true about you, whatever happens? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand guide" -l to-a-friend -d 'What would you say to a friend who stood where you stand? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand guide" -l calm -d 'What does calm look like for you? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand guide" -l next-step -d 'What is the smallest next step? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand guide" -l stand-with -d 'Who can stand with you? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand guide" -l journal -d 'Use the journal in this folder' -r -f -a "(__fish_complete_directories)"
complete -c inward -n "__fish_inward_using_subcommand guide" -l ask -d 'Ask what the command line does not answer'
complete -c inward -n "__fish_inward_using_subcommand guide" -l json -d 'Print JSON and nothing else on standard output'
complete -c inward -n "__fish_inward_using_subcommand guide" -s h -l help -d 'Print help'
complete -c inward -n "__fish_inward_using_subcommand release" -l answers -d 'Read the answers from a JSON object of question and value; - is standard input' -r -F
complete -c inward -n "__fish_inward_using_subcommand release" -l at -d 'When it was: 2026-11-20, "2026-11-20 21:00", yesterday, "3 days ago"' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand release" -s t -l tag -d 'Tag the entry; may be repeated' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand release" -l holding-on -d 'Am I holding on because of love, fear, or habit? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand release" -l well-being -d 'Does this relationship support my growth and well-being? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand release" -l respected -d 'Have my attempts to connect been respected? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand release" -l staying -d 'What would staying ask of you? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand release" -l leaving -d 'What would leaving ask of you? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand release" -l space-for -d 'What would you make space for? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand release" -l stand-by -d 'Who could stand by you? (text)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand release" -l journal -d 'Use the journal in this folder' -r -f -a "(__fish_complete_directories)"
complete -c inward -n "__fish_inward_using_subcommand release" -l ask -d 'Ask what the command line does not answer'
complete -c inward -n "__fish_inward_using_subcommand release" -l json -d 'Print JSON and nothing else on standard output'
complete -c inward -n "__fish_inward_using_subcommand release" -s h -l help -d 'Print help'
complete -c inward -n "__fish_inward_using_subcommand list" -s p -l practice -d 'Only this practice; may be repeated' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand list" -l on -d 'Only this day, week, month or year: monday, "last week", 2026-11, november, A..B' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand list" -l from -d 'This day and later' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand list" -l to -d 'This day and earlier' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand list" -s t -l tag -d 'Only entries with this tag; may be repeated' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand list" -l containing -d 'Only entries that contain this text; a capital asks for its case' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand list" -l where -d 'Only entries with such an answer: "closeness>=3", outcome=forgot, outcome!=did' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand list" -s n -l last -d 'Only the newest N of them' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand list" -l journal -d 'Use the journal in this folder' -r -f -a "(__fish_complete_directories)"
complete -c inward -n "__fish_inward_using_subcommand list" -l json -d 'Print JSON and nothing else on standard output'
complete -c inward -n "__fish_inward_using_subcommand list" -l on-this-day -d 'A week ago, a month ago, and this day in earlier years'
complete -c inward -n "__fish_inward_using_subcommand list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c inward -n "__fish_inward_using_subcommand show" -s p -l practice -d 'Only this practice; may be repeated' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand show" -l on -d 'Only this day, week, month or year: monday, "last week", 2026-11, november, A..B' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand show" -l from -d 'This day and later' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand show" -l to -d 'This day and earlier' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand show" -s t -l tag -d 'Only entries with this tag; may be repeated' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand show" -l containing -d 'Only entries that contain this text; a capital asks for its case' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand show" -l where -d 'Only entries with such an answer: "closeness>=3", outcome=forgot, outcome!=did' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand show" -s n -l last -d 'Only the newest N of them' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand show" -l journal -d 'Use the journal in this folder' -r -f -a "(__fish_complete_directories)"
complete -c inward -n "__fish_inward_using_subcommand show" -l json -d 'Print JSON and nothing else on standard output'
complete -c inward -n "__fish_inward_using_subcommand show" -l on-this-day -d 'A week ago, a month ago, and this day in earlier years'
complete -c inward -n "__fish_inward_using_subcommand show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c inward -n "__fish_inward_using_subcommand search" -s p -l practice -d 'Only this practice; may be repeated' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand search" -l on -d 'Only this day, week, month or year: monday, "last week", 2026-11, november, A..B' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand search" -l from -d 'This day and later' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand search" -l to -d 'This day and earlier' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand search" -s t -l tag -d 'Only entries with this tag; may be repeated' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand search" -l containing -d 'Only entries that contain this text; a capital asks for its case' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand search" -l where -d 'Only entries with such an answer: "closeness>=3", outcome=forgot, outcome!=did' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand search" -s n -l last -d 'Only the newest N of them' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand search" -l journal -d 'Use the journal in this folder' -r -f -a "(__fish_complete_directories)"
complete -c inward -n "__fish_inward_using_subcommand search" -l regex -d 'Read each as a regular expression'
complete -c inward -n "__fish_inward_using_subcommand search" -l json -d 'Print JSON and nothing else on standard output'
complete -c inward -n "__fish_inward_using_subcommand search" -l on-this-day -d 'A week ago, a month ago, and this day in earlier years'
complete -c inward -n "__fish_inward_using_subcommand search" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c inward -n "__fish_inward_using_subcommand patterns" -l html -d 'Write a page of drawings there, whole in itself' -r -F
complete -c inward -n "__fish_inward_using_subcommand patterns" -s p -l practice -d 'Only this practice; may be repeated' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand patterns" -l on -d 'Only this day, week, month or year: monday, "last week", 2026-11, november, A..B' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand patterns" -l from -d 'This day and later' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand patterns" -l to -d 'This day and earlier' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand patterns" -s t -l tag -d 'Only entries with this tag; may be repeated' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand patterns" -l containing -d 'Only entries that contain this text; a capital asks for its case' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand patterns" -l where -d 'Only entries with such an answer: "closeness>=3", outcome=forgot, outcome!=did' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand patterns" -s n -l last -d 'Only the newest N of them' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand patterns" -l journal -d 'Use the journal in this folder' -r -f -a "(__fish_complete_directories)"
complete -c inward -n "__fish_inward_using_subcommand patterns" -l plain -d 'Words and tables instead of drawings'
complete -c inward -n "__fish_inward_using_subcommand patterns" -l force -d 'Replace the file if it is there'
complete -c inward -n "__fish_inward_using_subcommand patterns" -l json -d 'Print JSON and nothing else on standard output'
complete -c inward -n "__fish_inward_using_subcommand patterns" -l on-this-day -d 'A week ago, a month ago, and this day in earlier years'
complete -c inward -n "__fish_inward_using_subcommand patterns" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c inward -n "__fish_inward_using_subcommand export" -s o -l output -d 'Write there instead of to standard output; a folder, or a name that ends in /, gets a file a day, or as --by says' -r -F
complete -c inward -n "__fish_inward_using_subcommand export" -l format -d 'What to write; where nothing is said, what the file\'s ending says, or markdown' -r -f -a "markdown\t''
json\t''
html\t''
csv\t''
csv-wide\t''"
complete -c inward -n "__fish_inward_using_subcommand export" -l by -d 'What makes a page, or a file in a folder; a day where nothing is said' -r -f -a "day\t''
entry\t''
month\t''
practice\t''"
complete -c inward -n "__fish_inward_using_subcommand export" -l template -d 'Fill this template instead' -r -F
complete -c inward -n "__fish_inward_using_subcommand export" -l redact -d 'Write another name for this one; may be repeated' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand export" -l redact-partner -d 'Write another name for the partner\'s that is set in config.toml' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand export" -l recipient -d 'Seal it to this age recipient, or to those in a file, who alone can open it; may be repeated. --to KEY does the same' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand export" -s p -l practice -d 'Only this practice; may be repeated' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand export" -l on -d 'Only this day, week, month or year: monday, "last week", 2026-11, november, A..B' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand export" -l from -d 'This day and later' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand export" -l to -d 'This day and earlier' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand export" -s t -l tag -d 'Only entries with this tag; may be repeated' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand export" -l containing -d 'Only entries that contain this text; a capital asks for its case' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand export" -l where -d 'Only entries with such an answer: "closeness>=3", outcome=forgot, outcome!=did' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand export" -s n -l last -d 'Only the newest N of them' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand export" -l journal -d 'Use the journal in this folder' -r -f -a "(__fish_complete_directories)"
complete -c inward -n "__fish_inward_using_subcommand export" -l json -d 'The same as --format json'
complete -c inward -n "__fish_inward_using_subcommand export" -l force -d 'Replace files that are there'
complete -c inward -n "__fish_inward_using_subcommand export" -l on-this-day -d 'A week ago, a month ago, and this day in earlier years'
complete -c inward -n "__fish_inward_using_subcommand export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c inward -n "__fish_inward_using_subcommand import" -l from -d 'What wrote it' -r -f -a "jrnl\t''
dayone\t''
markdown\t''
inward\t''"
complete -c inward -n "__fish_inward_using_subcommand import" -l journal -d 'Use the journal in this folder' -r -f -a "(__fish_complete_directories)"
complete -c inward -n "__fish_inward_using_subcommand import" -l dry-run -d 'Show what would come, and keep nothing'
complete -c inward -n "__fish_inward_using_subcommand import" -l verbose -d 'Name each file that has no date, and each attachment'
complete -c inward -n "__fish_inward_using_subcommand import" -l json -d 'Print JSON and nothing else on standard output'
complete -c inward -n "__fish_inward_using_subcommand import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c inward -n "__fish_inward_using_subcommand edit" -l answers -d 'Read the changes from a JSON object; - is standard input' -r -F
complete -c inward -n "__fish_inward_using_subcommand edit" -l at -d 'Move it to another time' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand edit" -s t -l tag -d 'Add a tag; may be repeated' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand edit" -l untag -d 'Take a tag away; may be repeated' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand edit" -l journal -d 'Use the journal in this folder' -r -f -a "(__fish_complete_directories)"
complete -c inward -n "__fish_inward_using_subcommand edit" -l settle -d 'Where it was edited on two devices apart, let the newest version stand'
complete -c inward -n "__fish_inward_using_subcommand edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c inward -n "__fish_inward_using_subcommand delete" -l journal -d 'Use the journal in this folder' -r -f -a "(__fish_complete_directories)"
complete -c inward -n "__fish_inward_using_subcommand delete" -l yes -d 'Do not ask'
complete -c inward -n "__fish_inward_using_subcommand delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c inward -n "__fish_inward_using_subcommand resume" -l journal -d 'Use the journal in this folder' -r -f -a "(__fish_complete_directories)"
complete -c inward -n "__fish_inward_using_subcommand resume" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c inward -n "__fish_inward_using_subcommand due" -l journal -d 'Use the journal in this folder' -r -f -a "(__fish_complete_directories)"
complete -c inward -n "__fish_inward_using_subcommand due" -s q -l quiet -d 'Say nothing; the exit code tells'
complete -c inward -n "__fish_inward_using_subcommand due" -l json -d 'Print JSON and nothing else on standard output'
complete -c inward -n "__fish_inward_using_subcommand due" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c inward -n "__fish_inward_using_subcommand routine" -l journal -d 'Use the journal in this folder' -r -f -a "(__fish_complete_directories)"
complete -c inward -n "__fish_inward_using_subcommand routine" -l list -d 'Only print which practices it would go through'
complete -c inward -n "__fish_inward_using_subcommand routine" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c inward -n "__fish_inward_using_subcommand remind" -l at -d 'When, as 21:00; may be repeated (08:00 and 20:30)' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand remind" -l text -d 'What the notification says' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand remind" -l print -d 'Print what would be set up, and set nothing up' -r -f -a "systemd\t''
cron\t''
launchd\t''"
complete -c inward -n "__fish_inward_using_subcommand remind" -l journal -d 'Use the journal in this folder' -r -f -a "(__fish_complete_directories)"
complete -c inward -n "__fish_inward_using_subcommand remind" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c inward -n "__fish_inward_using_subcommand prompt" -l format -d 'What to print, as in "{due:write?}{unlocked}"; the default is "{due}{unlocked}"' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand prompt" -l journal -d 'Use the journal in this folder' -r -f -a "(__fish_complete_directories)"
complete -c inward -n "__fish_inward_using_subcommand prompt" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c inward -n "__fish_inward_using_subcommand sync" -l journal -d 'Use the journal in this folder' -r -f -a "(__fish_complete_directories)"
complete -c inward -n "__fish_inward_using_subcommand sync" -l json -d 'Print JSON and nothing else on standard output'
complete -c inward -n "__fish_inward_using_subcommand sync" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c inward -n "__fish_inward_using_subcommand unlock" -l for -d 'The same' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand unlock" -l journal -d 'Use the journal in this folder' -r -f -a "(__fish_complete_directories)"
complete -c inward -n "__fish_inward_using_subcommand unlock" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c inward -n "__fish_inward_using_subcommand lock" -l journal -d 'Use the journal in this folder' -r -f -a "(__fish_complete_directories)"
complete -c inward -n "__fish_inward_using_subcommand lock" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c inward -n "__fish_inward_using_subcommand key" -l name -d 'add: whose it is, for you to read in the list' -r -f -a "(__inward_live)"
complete -c inward -n "__fish_inward_using_subcommand key" -l page -d 'backup: a page to print, with a code to scan' -r -F
complete -c inward -n "__fish_inward_using_subcommand key" -l journal -d 'Use the journal in this folder' -r -f -a "(__fish_complete_directories)"
complete -c inward -n "__fish_inward_using_subcommand key" -l remove -d 'passphrase: leave the key without one'
complete -c inward -n "__fish_inward_using_subcommand key" -l leave -d 'remove, rotate, reseal: leave files that cannot be opened as they are'
complete -c inward -n "__fish_inward_using_subcommand key" -l json -d 'Print JSON and nothing else on standard output'
complete -c inward -n "__fish_inward_using_subcommand key" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c inward -n "__fish_inward_using_subcommand init" -l recipient -d 'Seal entries to this age recipient as well; may be repeated' -r -F
complete -c inward -n "__fish_inward_using_subcommand init" -l identity -d 'Put the key back from this copy of it' -r -F
complete -c inward -n "__fish_inward_using_subcommand init" -l journal -d 'Use the journal in this folder' -r -f -a "(__fish_complete_directories)"
complete -c inward -n "__fish_inward_using_subcommand init" -l no-passphrase -d 'Leave the identity file unencrypted: whoever can read it can read the journal'
complete -c inward -n "__fish_inward_using_subcommand init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c inward -n "__fish_inward_using_subcommand config" -l journal -d 'Use the journal in this folder' -r -f -a "(__fish_complete_directories)"
complete -c inward -n "__fish_inward_using_subcommand config" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c inward -n "__fish_inward_using_subcommand doctor" -l journal -d 'Use the journal in this folder' -r -f -a "(__fish_complete_directories)"
complete -c inward -n "__fish_inward_using_subcommand doctor" -l fix -d 'Mend what can be mended without loss: permissions, and damaged files of which git has a whole copy'
complete -c inward -n "__fish_inward_using_subcommand doctor" -l json -d 'Print JSON and nothing else on standard output'
complete -c inward -n "__fish_inward_using_subcommand doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c inward -n "__fish_inward_using_subcommand practices" -l journal -d 'Use the journal in this folder' -r -f -a "(__fish_complete_directories)"
complete -c inward -n "__fish_inward_using_subcommand practices" -l json -d 'Print JSON and nothing else on standard output'
complete -c inward -n "__fish_inward_using_subcommand practices" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c inward -n "__fish_inward_using_subcommand tour" -l journal -d 'Use the journal in this folder' -r -f -a "(__fish_complete_directories)"
complete -c inward -n "__fish_inward_using_subcommand tour" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c inward -n "__fish_inward_using_subcommand completions" -l journal -d 'Use the journal in this folder' -r -f -a "(__fish_complete_directories)"
complete -c inward -n "__fish_inward_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c inward -n "__fish_inward_using_subcommand man" -s o -l output -d 'Write every page to this folder' -r -F
complete -c inward -n "__fish_inward_using_subcommand man" -l journal -d 'Use the journal in this folder' -r -f -a "(__fish_complete_directories)"
complete -c inward -n "__fish_inward_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c inward -n "__fish_inward_using_subcommand help" -l journal -d 'Use the journal in this folder' -r -f -a "(__fish_complete_directories)"
complete -c inward -n "__fish_inward_using_subcommand help" -s h -l help -d 'Print help (see more with \'--help\')'

# What may stand here, from inward itself: it knows the practices, and the
# journal. It never asks for a passphrase. Files, where one is wanted and where
# inward cannot be asked.
function __inward_live
    set -l words (commandline -opc) (commandline -ct)
    inward completions fish -- $words 2>/dev/null
    or __fish_complete_path (commandline -ct)
end

complete -c inward -f -a "(__inward_live)"
