
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'inward' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'inward'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'inward' {
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'Use the journal in this folder')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('intent', 'intent', [CompletionResultType]::ParameterValue, 'Carry an intention into the day')
            [CompletionResult]::new('reflect', 'reflect', [CompletionResultType]::ParameterValue, 'One moment of connection, however small')
            [CompletionResult]::new('gratitude', 'gratitude', [CompletionResultType]::ParameterValue, 'Something that was good this week, and what it gave you')
            [CompletionResult]::new('assess', 'assess', [CompletionResultType]::ParameterValue, 'What heals and what harms, over the past four weeks')
            [CompletionResult]::new('write', 'write', [CompletionResultType]::ParameterValue, 'Write freely')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List entries, newest first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show entries whole; without an id or a query, the newest')
            [CompletionResult]::new('search', 'search', [CompletionResultType]::ParameterValue, 'Find entries that contain a text, newest first')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Export entries to markdown or JSON')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change an entry''s answers, time or tags')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Delete entries, after showing them')
            [CompletionResult]::new('due', 'due', [CompletionResultType]::ParameterValue, 'Say which practices come round now; exit 1 if none')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Set the journal up: make its key')
            [CompletionResult]::new('practices', 'practices', [CompletionResultType]::ParameterValue, 'List the practices, show one, or check your own')
            [CompletionResult]::new('tour', 'tour', [CompletionResultType]::ParameterValue, 'See it work, in a journal that is gone afterwards')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print completions for a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print a manual page, or write all of them to a folder')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Help on a command, or on safety, support or privacy')
            break
        }
        'inward;intent' {
            [CompletionResult]::new('--answers', '--answers', [CompletionResultType]::ParameterName, 'Read the answers from a JSON object of question and value; - is standard input')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'When it was: 2026-11-20, "2026-11-20 21:00", yesterday, "3 days ago"')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Tag the entry; may be repeated')
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Tag the entry; may be repeated')
            [CompletionResult]::new('--stillness', '--stillness', [CompletionResultType]::ParameterName, 'A minute of stillness first? (the minutes that you sat, from 0 to 60)')
            [CompletionResult]::new('--intention', '--intention', [CompletionResultType]::ParameterName, 'What would you like to carry into today? (text)')
            [CompletionResult]::new('--if', '--if', [CompletionResultType]::ParameterName, 'When might it matter? If … (text)')
            [CompletionResult]::new('--then', '--then', [CompletionResultType]::ParameterName, '… then I will … (text)')
            [CompletionResult]::new('--room', '--room', [CompletionResultType]::ParameterName, 'How much room is there in you today? (a whole number from 0 to 4, or cant-say)')
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'Use the journal in this folder')
            [CompletionResult]::new('--ask', '--ask', [CompletionResultType]::ParameterName, 'Ask what the command line does not answer')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON and nothing else on standard output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'inward;reflect' {
            [CompletionResult]::new('--answers', '--answers', [CompletionResultType]::ParameterName, 'Read the answers from a JSON object of question and value; - is standard input')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'When it was: 2026-11-20, "2026-11-20 21:00", yesterday, "3 days ago"')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Tag the entry; may be repeated')
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Tag the entry; may be repeated')
            [CompletionResult]::new('--outcome', '--outcome', [CompletionResultType]::ParameterName, 'How did this morning''s intention go? (one of never-came-up, forgot, noticed, did)')
            [CompletionResult]::new('--connection', '--connection', [CompletionResultType]::ParameterName, 'One moment of connection today, however small, or none. (text)')
            [CompletionResult]::new('--needed-instead', '--needed-instead', [CompletionResultType]::ParameterName, 'What did you need instead? (text)')
            [CompletionResult]::new('--closeness', '--closeness', [CompletionResultType]::ParameterName, 'How close did you feel to your partner? (a whole number from 0 to 4, or cant-say)')
            [CompletionResult]::new('--saw', '--saw', [CompletionResultType]::ParameterName, 'What did you see in yourself today? (one or more of withdrew, unsaid, close-then-gone, relying, none, with commas between, or words of your own)')
            [CompletionResult]::new('--disagreement', '--disagreement', [CompletionResultType]::ParameterName, 'Was there a disagreement? (yes or no)')
            [CompletionResult]::new('--well-wisher', '--well-wisher', [CompletionResultType]::ParameterName, 'Tell it as someone would who wishes you both well. (text)')
            [CompletionResult]::new('--stays-here', '--stays-here', [CompletionResultType]::ParameterName, 'What can stay here tonight? (text)')
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'Use the journal in this folder')
            [CompletionResult]::new('--ask', '--ask', [CompletionResultType]::ParameterName, 'Ask what the command line does not answer')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON and nothing else on standard output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'inward;gratitude' {
            [CompletionResult]::new('--answers', '--answers', [CompletionResultType]::ParameterName, 'Read the answers from a JSON object of question and value; - is standard input')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'When it was: 2026-11-20, "2026-11-20 21:00", yesterday, "3 days ago"')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Tag the entry; may be repeated')
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Tag the entry; may be repeated')
            [CompletionResult]::new('--gratitude', '--gratitude', [CompletionResultType]::ParameterName, 'Something that your partner did or was this week, and that you are glad of. (text)')
            [CompletionResult]::new('--gave', '--gave', [CompletionResultType]::ParameterName, 'What did it give you? (text)')
            [CompletionResult]::new('--self', '--self', [CompletionResultType]::ParameterName, 'Something that you appreciate in yourself. (text)')
            [CompletionResult]::new('--share', '--share', [CompletionResultType]::ParameterName, 'Will you share it? (one of said, will-say, keep, not-safe)')
            [CompletionResult]::new('--say-what', '--say-what', [CompletionResultType]::ParameterName, 'In which words? (text)')
            [CompletionResult]::new('--say-when', '--say-when', [CompletionResultType]::ParameterName, 'When? (text)')
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'Use the journal in this folder')
            [CompletionResult]::new('--ask', '--ask', [CompletionResultType]::ParameterName, 'Ask what the command line does not answer')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON and nothing else on standard output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'inward;assess' {
            [CompletionResult]::new('--answers', '--answers', [CompletionResultType]::ParameterName, 'Read the answers from a JSON object of question and value; - is standard input')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'When it was: 2026-11-20, "2026-11-20 21:00", yesterday, "3 days ago"')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Tag the entry; may be repeated')
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Tag the entry; may be repeated')
            [CompletionResult]::new('--withdrew-me', '--withdrew-me', [CompletionResultType]::ParameterName, 'When it got serious, I drew back or went quiet. (a whole number from 0 to 4, or cant-say)')
            [CompletionResult]::new('--withdrew-partner', '--withdrew-partner', [CompletionResultType]::ParameterName, 'When it got serious, my partner drew back or went quiet, as I saw it. (a whole number from 0 to 4, or cant-say)')
            [CompletionResult]::new('--unsaid-me', '--unsaid-me', [CompletionResultType]::ParameterName, 'I found it hard to say what I felt or needed. (a whole number from 0 to 4, or cant-say)')
            [CompletionResult]::new('--unsaid-partner', '--unsaid-partner', [CompletionResultType]::ParameterName, 'My partner found it hard to say what they felt or needed, as I saw it. (a whole number from 0 to 4, or cant-say)')
            [CompletionResult]::new('--mixed-me', '--mixed-me', [CompletionResultType]::ParameterName, 'I was close, and then gone. (a whole number from 0 to 4, or cant-say)')
            [CompletionResult]::new('--mixed-partner', '--mixed-partner', [CompletionResultType]::ParameterName, 'My partner was close, and then gone, as I saw it. (a whole number from 0 to 4, or cant-say)')
            [CompletionResult]::new('--relying-me', '--relying-me', [CompletionResultType]::ParameterName, 'Relying on my partner, or being relied on, felt uncomfortable to me. (a whole number from 0 to 4, or cant-say)')
            [CompletionResult]::new('--relying-partner', '--relying-partner', [CompletionResultType]::ParameterName, 'Relying on me, or being relied on, felt uncomfortable to my partner, as I saw it. (a whole number from 0 to 4, or cant-say)')
            [CompletionResult]::new('--tension', '--tension', [CompletionResultType]::ParameterName, 'We went round in the same circle of tension and frustration. (a whole number from 0 to 4, or cant-say)')
            [CompletionResult]::new('--disconnection', '--disconnection', [CompletionResultType]::ParameterName, 'I felt cut off, unseen or unloved. (a whole number from 0 to 4, or cant-say)')
            [CompletionResult]::new('--push-pull', '--push-pull', [CompletionResultType]::ParameterName, 'The more one of us reached out, anxious for an answer, the further the other stepped back. (a whole number from 0 to 4, or cant-say)')
            [CompletionResult]::new('--broken-talk', '--broken-talk', [CompletionResultType]::ParameterName, 'Talking broke down, and things stayed unsettled. (a whole number from 0 to 4, or cant-say)')
            [CompletionResult]::new('--fragile', '--fragile', [CompletionResultType]::ParameterName, 'Trust, safety or intimacy between us felt fragile. (a whole number from 0 to 4, or cant-say)')
            [CompletionResult]::new('--willing-me', '--willing-me', [CompletionResultType]::ParameterName, 'I was willing to work on this. (a whole number from 0 to 4, or cant-say)')
            [CompletionResult]::new('--willing-partner', '--willing-partner', [CompletionResultType]::ParameterName, 'My partner was willing to work on this, as I saw it. (a whole number from 0 to 4, or cant-say)')
            [CompletionResult]::new('--safe-space', '--safe-space', [CompletionResultType]::ParameterName, 'There was a safe and trusting space between us to speak in. (a whole number from 0 to 4, or cant-say)')
            [CompletionResult]::new('--growth-me', '--growth-me', [CompletionResultType]::ParameterName, 'I looked at my own part, and learned something. (a whole number from 0 to 4, or cant-say)')
            [CompletionResult]::new('--growth-partner', '--growth-partner', [CompletionResultType]::ParameterName, 'My partner looked at their own part, and learned something, as I saw it. (a whole number from 0 to 4, or cant-say)')
            [CompletionResult]::new('--refused', '--refused', [CompletionResultType]::ParameterName, 'My partner would not talk about it or look at it. (a whole number from 0 to 4, or cant-say)')
            [CompletionResult]::new('--unmet', '--unmet', [CompletionResultType]::ParameterName, 'Needs that stayed unmet left me anxious or resentful. (a whole number from 0 to 4, or cant-say)')
            [CompletionResult]::new('--ignored', '--ignored', [CompletionResultType]::ParameterName, 'I tried to talk, and it was ignored. (a whole number from 0 to 4, or cant-say)')
            [CompletionResult]::new('--doubt-pain', '--doubt-pain', [CompletionResultType]::ParameterName, 'Being with my partner left me doubting myself, or in pain. (a whole number from 0 to 4, or cant-say)')
            [CompletionResult]::new('--fear', '--fear', [CompletionResultType]::ParameterName, 'I felt afraid of my partner. (a whole number from 0 to 4, or cant-say)')
            [CompletionResult]::new('--frightened', '--frightened', [CompletionResultType]::ParameterName, 'In the past year, have you been frightened of a partner? (yes or no)')
            [CompletionResult]::new('--note', '--note', [CompletionResultType]::ParameterName, 'Is there anything that the numbers leave out? (text)')
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'Use the journal in this folder')
            [CompletionResult]::new('--ask', '--ask', [CompletionResultType]::ParameterName, 'Ask what the command line does not answer')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON and nothing else on standard output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'inward;write' {
            [CompletionResult]::new('--answers', '--answers', [CompletionResultType]::ParameterName, 'Read the answers from a JSON object of question and value; - is standard input')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'When it was: 2026-11-20, "2026-11-20 21:00", yesterday, "3 days ago"')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Tag the entry; may be repeated')
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Tag the entry; may be repeated')
            [CompletionResult]::new('--page', '--page', [CompletionResultType]::ParameterName, 'Write what is there. (text)')
            [CompletionResult]::new('--title', '--title', [CompletionResultType]::ParameterName, 'A title, if you like. (text)')
            [CompletionResult]::new('--tags', '--tags', [CompletionResultType]::ParameterName, 'Tags, if you like. (words of letters, digits, - or _, with commas between)')
            [CompletionResult]::new('--afterwards', '--afterwards', [CompletionResultType]::ParameterName, 'How is it now, compared with before? (one of lighter, same, heavier)')
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'Use the journal in this folder')
            [CompletionResult]::new('--ask', '--ask', [CompletionResultType]::ParameterName, 'Ask what the command line does not answer')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON and nothing else on standard output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'inward;list' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Only this practice; may be repeated')
            [CompletionResult]::new('--practice', '--practice', [CompletionResultType]::ParameterName, 'Only this practice; may be repeated')
            [CompletionResult]::new('--on', '--on', [CompletionResultType]::ParameterName, 'Only this day, month (2026-11) or year')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'This day and later')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'This day and earlier')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Only entries with this tag; may be repeated')
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Only entries with this tag; may be repeated')
            [CompletionResult]::new('--containing', '--containing', [CompletionResultType]::ParameterName, 'Only entries that contain this text; a capital asks for its case')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Only the newest N of them')
            [CompletionResult]::new('--last', '--last', [CompletionResultType]::ParameterName, 'Only the newest N of them')
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'Use the journal in this folder')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON and nothing else on standard output')
            [CompletionResult]::new('--on-this-day', '--on-this-day', [CompletionResultType]::ParameterName, 'A week ago, a month ago, and this day in earlier years')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'inward;show' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Only this practice; may be repeated')
            [CompletionResult]::new('--practice', '--practice', [CompletionResultType]::ParameterName, 'Only this practice; may be repeated')
            [CompletionResult]::new('--on', '--on', [CompletionResultType]::ParameterName, 'Only this day, month (2026-11) or year')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'This day and later')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'This day and earlier')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Only entries with this tag; may be repeated')
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Only entries with this tag; may be repeated')
            [CompletionResult]::new('--containing', '--containing', [CompletionResultType]::ParameterName, 'Only entries that contain this text; a capital asks for its case')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Only the newest N of them')
            [CompletionResult]::new('--last', '--last', [CompletionResultType]::ParameterName, 'Only the newest N of them')
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'Use the journal in this folder')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON and nothing else on standard output')
            [CompletionResult]::new('--on-this-day', '--on-this-day', [CompletionResultType]::ParameterName, 'A week ago, a month ago, and this day in earlier years')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'inward;search' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Only this practice; may be repeated')
            [CompletionResult]::new('--practice', '--practice', [CompletionResultType]::ParameterName, 'Only this practice; may be repeated')
            [CompletionResult]::new('--on', '--on', [CompletionResultType]::ParameterName, 'Only this day, month (2026-11) or year')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'This day and later')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'This day and earlier')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Only entries with this tag; may be repeated')
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Only entries with this tag; may be repeated')
            [CompletionResult]::new('--containing', '--containing', [CompletionResultType]::ParameterName, 'Only entries that contain this text; a capital asks for its case')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Only the newest N of them')
            [CompletionResult]::new('--last', '--last', [CompletionResultType]::ParameterName, 'Only the newest N of them')
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'Use the journal in this folder')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON and nothing else on standard output')
            [CompletionResult]::new('--on-this-day', '--on-this-day', [CompletionResultType]::ParameterName, 'A week ago, a month ago, and this day in earlier years')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'inward;export' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write there instead of to standard output; a folder, or a name that ends in /, gets a file a day')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write there instead of to standard output; a folder, or a name that ends in /, gets a file a day')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'What to write: markdown (the default) or json')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Only this practice; may be repeated')
            [CompletionResult]::new('--practice', '--practice', [CompletionResultType]::ParameterName, 'Only this practice; may be repeated')
            [CompletionResult]::new('--on', '--on', [CompletionResultType]::ParameterName, 'Only this day, month (2026-11) or year')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'This day and later')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'This day and earlier')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Only entries with this tag; may be repeated')
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Only entries with this tag; may be repeated')
            [CompletionResult]::new('--containing', '--containing', [CompletionResultType]::ParameterName, 'Only entries that contain this text; a capital asks for its case')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Only the newest N of them')
            [CompletionResult]::new('--last', '--last', [CompletionResultType]::ParameterName, 'Only the newest N of them')
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'Use the journal in this folder')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Replace files that are there')
            [CompletionResult]::new('--on-this-day', '--on-this-day', [CompletionResultType]::ParameterName, 'A week ago, a month ago, and this day in earlier years')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'inward;edit' {
            [CompletionResult]::new('--answers', '--answers', [CompletionResultType]::ParameterName, 'Read the changes from a JSON object; - is standard input')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Move it to another time')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Add a tag; may be repeated')
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Add a tag; may be repeated')
            [CompletionResult]::new('--untag', '--untag', [CompletionResultType]::ParameterName, 'Take a tag away; may be repeated')
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'Use the journal in this folder')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'inward;delete' {
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'Use the journal in this folder')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'inward;due' {
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'Use the journal in this folder')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing; the exit code tells')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing; the exit code tells')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON and nothing else on standard output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'inward;init' {
            [CompletionResult]::new('--recipient', '--recipient', [CompletionResultType]::ParameterName, 'Seal entries to this age recipient as well; may be repeated')
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'Use the journal in this folder')
            [CompletionResult]::new('--no-passphrase', '--no-passphrase', [CompletionResultType]::ParameterName, 'Leave the identity file unencrypted: whoever can read it can read the journal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'inward;practices' {
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'Use the journal in this folder')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON and nothing else on standard output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'inward;tour' {
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'Use the journal in this folder')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'inward;completions' {
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'Use the journal in this folder')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'inward;man' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write every page to this folder')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write every page to this folder')
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'Use the journal in this folder')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'inward;help' {
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'Use the journal in this folder')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
