
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
            [CompletionResult]::new('notice', 'notice', [CompletionResultType]::ParameterValue, 'What happened, what you did, what it was protecting')
            [CompletionResult]::new('feel', 'feel', [CompletionResultType]::ParameterValue, 'Say what you feel and need, without blame')
            [CompletionResult]::new('needs', 'needs', [CompletionResultType]::ParameterValue, 'What you needed, and where your boundaries lie')
            [CompletionResult]::new('pause', 'pause', [CompletionResultType]::ParameterValue, 'A few minutes of stillness, and what you hear')
            [CompletionResult]::new('write', 'write', [CompletionResultType]::ParameterValue, 'Write freely')
            [CompletionResult]::new('assess', 'assess', [CompletionResultType]::ParameterValue, 'What heals and what harms, over the past four weeks')
            [CompletionResult]::new('grow', 'grow', [CompletionResultType]::ParameterValue, 'What you do for yourself, and what may come next')
            [CompletionResult]::new('guide', 'guide', [CompletionResultType]::ParameterValue, 'Dynamics, needs, two paths, and what stays true of you')
            [CompletionResult]::new('release', 'release', [CompletionResultType]::ParameterValue, 'Questions to sit with when you are not sure')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List entries, newest first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show entries whole; without an id or a query, the newest')
            [CompletionResult]::new('search', 'search', [CompletionResultType]::ParameterValue, 'Find entries that contain some words, newest first')
            [CompletionResult]::new('patterns', 'patterns', [CompletionResultType]::ParameterValue, 'See what several entries show together')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Export entries to markdown, HTML, JSON or CSV')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Bring in entries from another journal')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change an entry''s answers, time or tags')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Delete entries, after showing them')
            [CompletionResult]::new('resume', 'resume', [CompletionResultType]::ParameterValue, 'Go on with a sitting that was broken off')
            [CompletionResult]::new('due', 'due', [CompletionResultType]::ParameterValue, 'Say which practices come round now; exit 1 if none')
            [CompletionResult]::new('routine', 'routine', [CompletionResultType]::ParameterValue, 'Go through the practices of the hour, one after another')
            [CompletionResult]::new('remind', 'remind', [CompletionResultType]::ParameterValue, 'A neutral notification at set hours, where something is due')
            [CompletionResult]::new('prompt', 'prompt', [CompletionResultType]::ParameterValue, 'Print a mark for the shell''s prompt')
            [CompletionResult]::new('sync', 'sync', [CompletionResultType]::ParameterValue, 'Bring the journal on several devices together, with git')
            [CompletionResult]::new('unlock', 'unlock', [CompletionResultType]::ParameterValue, 'Read without the passphrase for some minutes')
            [CompletionResult]::new('lock', 'lock', [CompletionResultType]::ParameterValue, 'End what unlock began')
            [CompletionResult]::new('key', 'key', [CompletionResultType]::ParameterValue, 'The key: show, back up, change its passphrase, add a device')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Set the journal up: make its key')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Show, edit or check the settings')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Check the journal, and say what was found')
            [CompletionResult]::new('practices', 'practices', [CompletionResultType]::ParameterValue, 'List the practices, show one, check your own, or begin one')
            [CompletionResult]::new('tour', 'tour', [CompletionResultType]::ParameterValue, 'See it work, in a journal that is gone afterwards')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print completions for a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print a manual page, or write all of them to a folder')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Help on a command, or on safety, support, privacy and more')
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
            [CompletionResult]::new('--room', '--room', [CompletionResultType]::ParameterName, 'How much room do you have for this today? (a whole number from 0 to 4, or cant-say)')
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'Use the journal in this folder')
            [CompletionResult]::new('--ask', '--ask', [CompletionResultType]::ParameterName, 'Ask what the command line does not answer')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON and nothing else on standard output')
            [CompletionResult]::new('--sit', '--sit', [CompletionResultType]::ParameterName, 'Sit for the minutes that the timer''s flag gives, with a plain countdown, and then keep')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'inward;reflect' {
            [CompletionResult]::new('--answers', '--answers', [CompletionResultType]::ParameterName, 'Read the answers from a JSON object of question and value; - is standard input')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'When it was: 2026-11-20, "2026-11-20 21:00", yesterday, "3 days ago"')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Tag the entry; may be repeated')
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Tag the entry; may be repeated')
            [CompletionResult]::new('--outcome', '--outcome', [CompletionResultType]::ParameterName, 'How did today''s intention go? (one of never-came-up, forgot, noticed, did)')
            [CompletionResult]::new('--connection', '--connection', [CompletionResultType]::ParameterName, 'One moment of connection today, however small, or none. (text)')
            [CompletionResult]::new('--needed-instead', '--needed-instead', [CompletionResultType]::ParameterName, 'What did you need instead? (text)')
            [CompletionResult]::new('--closeness', '--closeness', [CompletionResultType]::ParameterName, 'How close did you feel to your partner? (a whole number from 0 to 4, or cant-say)')
            [CompletionResult]::new('--saw', '--saw', [CompletionResultType]::ParameterName, 'What did you see in yourself today? (one or more of withdrew, unsaid, close-then-gone, relying, none, with commas between, or words of your own)')
            [CompletionResult]::new('--disagreement', '--disagreement', [CompletionResultType]::ParameterName, 'Was there a disagreement? (one of no, yes, not-safe)')
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
            [CompletionResult]::new('--became', '--became', [CompletionResultType]::ParameterName, 'What became of it? (one of said, stayed, faded, not-safe)')
            [CompletionResult]::new('--landed', '--landed', [CompletionResultType]::ParameterName, 'What did you see when you said it? (text)')
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'Use the journal in this folder')
            [CompletionResult]::new('--ask', '--ask', [CompletionResultType]::ParameterName, 'Ask what the command line does not answer')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON and nothing else on standard output')
            [CompletionResult]::new('--follow-up', '--follow-up', [CompletionResultType]::ParameterName, 'Ask only what became of an earlier entry')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'inward;notice' {
            [CompletionResult]::new('--answers', '--answers', [CompletionResultType]::ParameterName, 'Read the answers from a JSON object of question and value; - is standard input')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'When it was: 2026-11-20, "2026-11-20 21:00", yesterday, "3 days ago"')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Tag the entry; may be repeated')
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Tag the entry; may be repeated')
            [CompletionResult]::new('--happened', '--happened', [CompletionResultType]::ParameterName, 'What happened just before? (text)')
            [CompletionResult]::new('--body', '--body', [CompletionResultType]::ParameterName, 'What did your body do? (one or more of breath, chest, heart, stomach, jaw-shoulders, heat, numb, heavy, restless, nothing, with commas between, or words of your own)')
            [CompletionResult]::new('--did', '--did', [CompletionResultType]::ParameterName, 'What did you do? (one or more of went-quiet, left, got-busy, joked, pressed-closer, stayed, with commas between, or words of your own)')
            [CompletionResult]::new('--underneath', '--underneath', [CompletionResultType]::ParameterName, 'What might have been underneath? (one or more of too-close, hurt, losing-myself, being-left, old-memory, unsafe, dont-know, with commas between, or words of your own)')
            [CompletionResult]::new('--stepped-back', '--stepped-back', [CompletionResultType]::ParameterName, 'Who stepped back? (one of me, partner, both, in-turn, nobody, hard-to-say)')
            [CompletionResult]::new('--strength', '--strength', [CompletionResultType]::ParameterName, 'How strong was it? (a whole number from 0 to 4, or cant-say)')
            [CompletionResult]::new('--protecting', '--protecting', [CompletionResultType]::ParameterName, 'What might the distance have been protecting? (text)')
            [CompletionResult]::new('--next-if', '--next-if', [CompletionResultType]::ParameterName, 'Next time, if … (text)')
            [CompletionResult]::new('--next-then', '--next-then', [CompletionResultType]::ParameterName, '… then I will … (text)')
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'Use the journal in this folder')
            [CompletionResult]::new('--ask', '--ask', [CompletionResultType]::ParameterName, 'Ask what the command line does not answer')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON and nothing else on standard output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'inward;feel' {
            [CompletionResult]::new('--answers', '--answers', [CompletionResultType]::ParameterName, 'Read the answers from a JSON object of question and value; - is standard input')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'When it was: 2026-11-20, "2026-11-20 21:00", yesterday, "3 days ago"')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Tag the entry; may be repeated')
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Tag the entry; may be repeated')
            [CompletionResult]::new('--feeling', '--feeling', [CompletionResultType]::ParameterName, 'I feel … (text)')
            [CompletionResult]::new('--when', '--when', [CompletionResultType]::ParameterName, '… when … (text)')
            [CompletionResult]::new('--need', '--need', [CompletionResultType]::ParameterName, 'I need … (text)')
            [CompletionResult]::new('--care', '--care', [CompletionResultType]::ParameterName, 'I care about … (text)')
            [CompletionResult]::new('--request', '--request', [CompletionResultType]::ParameterName, 'A request that they may decline. Would you be willing to … (text)')
            [CompletionResult]::new('--their-side', '--their-side', [CompletionResultType]::ParameterName, 'How might it look from their side? (text)')
            [CompletionResult]::new('--share', '--share', [CompletionResultType]::ParameterName, 'What would you like to do with it? (one of say, keep, not-safe)')
            [CompletionResult]::new('--received', '--received', [CompletionResultType]::ParameterName, 'How was it received? (one of heard, partly, not, ignored, unsaid, not-safe)')
            [CompletionResult]::new('--received-note', '--received-note', [CompletionResultType]::ParameterName, 'What happened, and what was it like for you? (text)')
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'Use the journal in this folder')
            [CompletionResult]::new('--ask', '--ask', [CompletionResultType]::ParameterName, 'Ask what the command line does not answer')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON and nothing else on standard output')
            [CompletionResult]::new('--follow-up', '--follow-up', [CompletionResultType]::ParameterName, 'Ask only what became of an earlier entry')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'inward;needs' {
            [CompletionResult]::new('--answers', '--answers', [CompletionResultType]::ParameterName, 'Read the answers from a JSON object of question and value; - is standard input')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'When it was: 2026-11-20, "2026-11-20 21:00", yesterday, "3 days ago"')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Tag the entry; may be repeated')
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Tag the entry; may be repeated')
            [CompletionResult]::new('--met', '--met', [CompletionResultType]::ParameterName, 'Which of your needs were met lately? (text)')
            [CompletionResult]::new('--unmet', '--unmet', [CompletionResultType]::ParameterName, 'Which need stayed unmet? (text)')
            [CompletionResult]::new('--unmet-left', '--unmet-left', [CompletionResultType]::ParameterName, 'What does that leave in you? (one or more of anxious, resentful, sad, tired, numb, little, with commas between, or words of your own)')
            [CompletionResult]::new('--boundary', '--boundary', [CompletionResultType]::ParameterName, 'A boundary that mattered, or that would have helped. (text)')
            [CompletionResult]::new('--boundary-kind', '--boundary-kind', [CompletionResultType]::ParameterName, 'What kind of boundary is it? (one of time, space, tone, privacy, body, contact, or words of your own)')
            [CompletionResult]::new('--space', '--space', [CompletionResultType]::ParameterName, 'How could you take space when you need it? (text)')
            [CompletionResult]::new('--back', '--back', [CompletionResultType]::ParameterName, 'How could you say when you will be back? (text)')
            [CompletionResult]::new('--respected', '--respected', [CompletionResultType]::ParameterName, 'Was your boundary, or your need for space, respected? (one of yes, partly, no, unsaid, not-safe)')
            [CompletionResult]::new('--relying', '--relying', [CompletionResultType]::ParameterName, 'How easy was it to rely on your partner? (a whole number from 0 to 4, or cant-say)')
            [CompletionResult]::new('--relied-on', '--relied-on', [CompletionResultType]::ParameterName, 'How easy was it to be relied on? (a whole number from 0 to 4, or cant-say)')
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'Use the journal in this folder')
            [CompletionResult]::new('--ask', '--ask', [CompletionResultType]::ParameterName, 'Ask what the command line does not answer')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON and nothing else on standard output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'inward;pause' {
            [CompletionResult]::new('--answers', '--answers', [CompletionResultType]::ParameterName, 'Read the answers from a JSON object of question and value; - is standard input')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'When it was: 2026-11-20, "2026-11-20 21:00", yesterday, "3 days ago"')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Tag the entry; may be repeated')
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Tag the entry; may be repeated')
            [CompletionResult]::new('--unsettled', '--unsettled', [CompletionResultType]::ParameterName, 'How unsettled are you right now? (a whole number from 0 to 4, or cant-say)')
            [CompletionResult]::new('--stillness', '--stillness', [CompletionResultType]::ParameterName, 'Sit for a while? (the minutes that you sat, from 0 to 60)')
            [CompletionResult]::new('--unsettled-now', '--unsettled-now', [CompletionResultType]::ParameterName, 'And now? (a whole number from 0 to 4, or cant-say)')
            [CompletionResult]::new('--heard', '--heard', [CompletionResultType]::ParameterName, 'What did you hear, if anything? (text)')
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'Use the journal in this folder')
            [CompletionResult]::new('--ask', '--ask', [CompletionResultType]::ParameterName, 'Ask what the command line does not answer')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON and nothing else on standard output')
            [CompletionResult]::new('--sit', '--sit', [CompletionResultType]::ParameterName, 'Sit for the minutes that the timer''s flag gives, with a plain countdown, and then keep')
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
            [CompletionResult]::new('--hold-back', '--hold-back', [CompletionResultType]::ParameterName, 'Shall this journal go on holding back? (yes or no)')
            [CompletionResult]::new('--note', '--note', [CompletionResultType]::ParameterName, 'Is there anything that the numbers leave out? (text)')
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'Use the journal in this folder')
            [CompletionResult]::new('--ask', '--ask', [CompletionResultType]::ParameterName, 'Ask what the command line does not answer')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON and nothing else on standard output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'inward;grow' {
            [CompletionResult]::new('--answers', '--answers', [CompletionResultType]::ParameterName, 'Read the answers from a JSON object of question and value; - is standard input')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'When it was: 2026-11-20, "2026-11-20 21:00", yesterday, "3 days ago"')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Tag the entry; may be repeated')
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Tag the entry; may be repeated')
            [CompletionResult]::new('--for-myself', '--for-myself', [CompletionResultType]::ParameterName, 'What did you do for yourself this month? (text)')
            [CompletionResult]::new('--handled', '--handled', [CompletionResultType]::ParameterName, 'A reaction that you handled differently, or would like to. (text)')
            [CompletionResult]::new('--guidance', '--guidance', [CompletionResultType]::ParameterName, 'Guidance from someone trained, such as a therapist: where are you with it? (one of curious, looking, alone, together, not-now)')
            [CompletionResult]::new('--bring', '--bring', [CompletionResultType]::ParameterName, 'A question that you would bring there. (text)')
            [CompletionResult]::new('--next-step', '--next-step', [CompletionResultType]::ParameterName, 'A next step, as small as you like. (text)')
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'Use the journal in this folder')
            [CompletionResult]::new('--ask', '--ask', [CompletionResultType]::ParameterName, 'Ask what the command line does not answer')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON and nothing else on standard output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'inward;guide' {
            [CompletionResult]::new('--answers', '--answers', [CompletionResultType]::ParameterName, 'Read the answers from a JSON object of question and value; - is standard input')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'When it was: 2026-11-20, "2026-11-20 21:00", yesterday, "3 days ago"')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Tag the entry; may be repeated')
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Tag the entry; may be repeated')
            [CompletionResult]::new('--movement', '--movement', [CompletionResultType]::ParameterName, 'How do closeness and distance move between you? (text)')
            [CompletionResult]::new('--early', '--early', [CompletionResultType]::ParameterName, 'What did you learn early about being close? (text)')
            [CompletionResult]::new('--protects', '--protects', [CompletionResultType]::ParameterName, 'What does distance protect in you? (text)')
            [CompletionResult]::new('--protects-other', '--protects-other', [CompletionResultType]::ParameterName, 'What might distance protect in your partner? (text)')
            [CompletionResult]::new('--next-me', '--next-me', [CompletionResultType]::ParameterName, 'When distance comes, what do you do next? (text)')
            [CompletionResult]::new('--next-other', '--next-other', [CompletionResultType]::ParameterName, 'And what does your partner do next, as you see it? (text)')
            [CompletionResult]::new('--new-here', '--new-here', [CompletionResultType]::ParameterName, 'What do you see now that you had not put into words before? (text)')
            [CompletionResult]::new('--need-most', '--need-most', [CompletionResultType]::ParameterName, 'What do you need most when you are close to someone? (text)')
            [CompletionResult]::new('--hard-to-say', '--hard-to-say', [CompletionResultType]::ParameterName, 'Which need is hardest to say, and what happens in you when you try? (text)')
            [CompletionResult]::new('--their-needs', '--their-needs', [CompletionResultType]::ParameterName, 'What does your partner need, as far as you know? (text)')
            [CompletionResult]::new('--boundary', '--boundary', [CompletionResultType]::ParameterName, 'Which boundary would you like to keep? (text)')
            [CompletionResult]::new('--crossed', '--crossed', [CompletionResultType]::ParameterName, 'When it is crossed, what do you do? What would you like to do? (text)')
            [CompletionResult]::new('--take-space', '--take-space', [CompletionResultType]::ParameterName, 'When you need space, how could you take it? (text)')
            [CompletionResult]::new('--available', '--available', [CompletionResultType]::ParameterName, 'How could your partner know, meanwhile, that you are still there? (text)')
            [CompletionResult]::new('--present', '--present', [CompletionResultType]::ParameterName, 'What is present between you? (text)')
            [CompletionResult]::new('--missing', '--missing', [CompletionResultType]::ParameterName, 'What is missing? (text)')
            [CompletionResult]::new('--tried', '--tried', [CompletionResultType]::ParameterName, 'What have you tried, and what came of it? (text)')
            [CompletionResult]::new('--holding-on', '--holding-on', [CompletionResultType]::ParameterName, 'Am I holding on because of love, fear, or habit? (text)')
            [CompletionResult]::new('--well-being', '--well-being', [CompletionResultType]::ParameterName, 'Does this relationship support my growth and well-being? (text)')
            [CompletionResult]::new('--respected', '--respected', [CompletionResultType]::ParameterName, 'Have my attempts to connect been respected? (text)')
            [CompletionResult]::new('--heal', '--heal', [CompletionResultType]::ParameterName, 'One path is to heal. What would it ask of each of you? (text)')
            [CompletionResult]::new('--leave', '--leave', [CompletionResultType]::ParameterName, 'One path is to leave. What would you be looking after? (text)')
            [CompletionResult]::new('--stays-true', '--stays-true', [CompletionResultType]::ParameterName, 'What stays true about you, whatever happens? (text)')
            [CompletionResult]::new('--to-a-friend', '--to-a-friend', [CompletionResultType]::ParameterName, 'What would you say to a friend who stood where you stand? (text)')
            [CompletionResult]::new('--calm', '--calm', [CompletionResultType]::ParameterName, 'What does calm look like for you? (text)')
            [CompletionResult]::new('--next-step', '--next-step', [CompletionResultType]::ParameterName, 'What is the smallest next step? (text)')
            [CompletionResult]::new('--stand-with', '--stand-with', [CompletionResultType]::ParameterName, 'Who can stand with you? (text)')
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'Use the journal in this folder')
            [CompletionResult]::new('--ask', '--ask', [CompletionResultType]::ParameterName, 'Ask what the command line does not answer')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON and nothing else on standard output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'inward;release' {
            [CompletionResult]::new('--answers', '--answers', [CompletionResultType]::ParameterName, 'Read the answers from a JSON object of question and value; - is standard input')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'When it was: 2026-11-20, "2026-11-20 21:00", yesterday, "3 days ago"')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Tag the entry; may be repeated')
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Tag the entry; may be repeated')
            [CompletionResult]::new('--holding-on', '--holding-on', [CompletionResultType]::ParameterName, 'Am I holding on because of love, fear, or habit? (text)')
            [CompletionResult]::new('--well-being', '--well-being', [CompletionResultType]::ParameterName, 'Does this relationship support my growth and well-being? (text)')
            [CompletionResult]::new('--respected', '--respected', [CompletionResultType]::ParameterName, 'Have my attempts to connect been respected? (text)')
            [CompletionResult]::new('--staying', '--staying', [CompletionResultType]::ParameterName, 'What would staying ask of you? (text)')
            [CompletionResult]::new('--leaving', '--leaving', [CompletionResultType]::ParameterName, 'What would leaving ask of you? (text)')
            [CompletionResult]::new('--space-for', '--space-for', [CompletionResultType]::ParameterName, 'What would you make space for? (text)')
            [CompletionResult]::new('--stand-by', '--stand-by', [CompletionResultType]::ParameterName, 'Who could stand by you? (text)')
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
            [CompletionResult]::new('--on', '--on', [CompletionResultType]::ParameterName, 'Only this day, week, month or year: monday, "last week", 2026-11, november, A..B')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'This day and later')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'This day and earlier')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Only entries with this tag; may be repeated')
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Only entries with this tag; may be repeated')
            [CompletionResult]::new('--containing', '--containing', [CompletionResultType]::ParameterName, 'Only entries that contain this text; a capital asks for its case')
            [CompletionResult]::new('--where', '--where', [CompletionResultType]::ParameterName, 'Only entries with such an answer: "closeness>=3", outcome=forgot, outcome!=did')
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
            [CompletionResult]::new('--on', '--on', [CompletionResultType]::ParameterName, 'Only this day, week, month or year: monday, "last week", 2026-11, november, A..B')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'This day and later')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'This day and earlier')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Only entries with this tag; may be repeated')
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Only entries with this tag; may be repeated')
            [CompletionResult]::new('--containing', '--containing', [CompletionResultType]::ParameterName, 'Only entries that contain this text; a capital asks for its case')
            [CompletionResult]::new('--where', '--where', [CompletionResultType]::ParameterName, 'Only entries with such an answer: "closeness>=3", outcome=forgot, outcome!=did')
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
            [CompletionResult]::new('--on', '--on', [CompletionResultType]::ParameterName, 'Only this day, week, month or year: monday, "last week", 2026-11, november, A..B')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'This day and later')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'This day and earlier')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Only entries with this tag; may be repeated')
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Only entries with this tag; may be repeated')
            [CompletionResult]::new('--containing', '--containing', [CompletionResultType]::ParameterName, 'Only entries that contain this text; a capital asks for its case')
            [CompletionResult]::new('--where', '--where', [CompletionResultType]::ParameterName, 'Only entries with such an answer: "closeness>=3", outcome=forgot, outcome!=did')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Only the newest N of them')
            [CompletionResult]::new('--last', '--last', [CompletionResultType]::ParameterName, 'Only the newest N of them')
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'Use the journal in this folder')
            [CompletionResult]::new('--regex', '--regex', [CompletionResultType]::ParameterName, 'Read each as a regular expression')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON and nothing else on standard output')
            [CompletionResult]::new('--on-this-day', '--on-this-day', [CompletionResultType]::ParameterName, 'A week ago, a month ago, and this day in earlier years')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'inward;patterns' {
            [CompletionResult]::new('--html', '--html', [CompletionResultType]::ParameterName, 'Write a page of drawings there, whole in itself')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Only this practice; may be repeated')
            [CompletionResult]::new('--practice', '--practice', [CompletionResultType]::ParameterName, 'Only this practice; may be repeated')
            [CompletionResult]::new('--on', '--on', [CompletionResultType]::ParameterName, 'Only this day, week, month or year: monday, "last week", 2026-11, november, A..B')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'This day and later')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'This day and earlier')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Only entries with this tag; may be repeated')
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Only entries with this tag; may be repeated')
            [CompletionResult]::new('--containing', '--containing', [CompletionResultType]::ParameterName, 'Only entries that contain this text; a capital asks for its case')
            [CompletionResult]::new('--where', '--where', [CompletionResultType]::ParameterName, 'Only entries with such an answer: "closeness>=3", outcome=forgot, outcome!=did')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Only the newest N of them')
            [CompletionResult]::new('--last', '--last', [CompletionResultType]::ParameterName, 'Only the newest N of them')
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'Use the journal in this folder')
            [CompletionResult]::new('--plain', '--plain', [CompletionResultType]::ParameterName, 'Words and tables instead of drawings')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Replace the file if it is there')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON and nothing else on standard output')
            [CompletionResult]::new('--on-this-day', '--on-this-day', [CompletionResultType]::ParameterName, 'A week ago, a month ago, and this day in earlier years')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'inward;export' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write there instead of to standard output; a folder, or a name that ends in /, gets a file a day, or as --by says')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write there instead of to standard output; a folder, or a name that ends in /, gets a file a day, or as --by says')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'What to write; where nothing is said, what the file''s ending says, or markdown')
            [CompletionResult]::new('--by', '--by', [CompletionResultType]::ParameterName, 'What makes a page, or a file in a folder; a day where nothing is said')
            [CompletionResult]::new('--template', '--template', [CompletionResultType]::ParameterName, 'Fill this template instead')
            [CompletionResult]::new('--redact', '--redact', [CompletionResultType]::ParameterName, 'Write another name for this one; may be repeated')
            [CompletionResult]::new('--redact-partner', '--redact-partner', [CompletionResultType]::ParameterName, 'Write another name for the partner''s that is set in config.toml')
            [CompletionResult]::new('--recipient', '--recipient', [CompletionResultType]::ParameterName, 'Seal it to this age recipient, or to those in a file, who alone can open it; may be repeated. --to KEY does the same')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Only this practice; may be repeated')
            [CompletionResult]::new('--practice', '--practice', [CompletionResultType]::ParameterName, 'Only this practice; may be repeated')
            [CompletionResult]::new('--on', '--on', [CompletionResultType]::ParameterName, 'Only this day, week, month or year: monday, "last week", 2026-11, november, A..B')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'This day and later')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'This day and earlier')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Only entries with this tag; may be repeated')
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Only entries with this tag; may be repeated')
            [CompletionResult]::new('--containing', '--containing', [CompletionResultType]::ParameterName, 'Only entries that contain this text; a capital asks for its case')
            [CompletionResult]::new('--where', '--where', [CompletionResultType]::ParameterName, 'Only entries with such an answer: "closeness>=3", outcome=forgot, outcome!=did')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Only the newest N of them')
            [CompletionResult]::new('--last', '--last', [CompletionResultType]::ParameterName, 'Only the newest N of them')
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'Use the journal in this folder')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as --format json')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Replace files that are there')
            [CompletionResult]::new('--on-this-day', '--on-this-day', [CompletionResultType]::ParameterName, 'A week ago, a month ago, and this day in earlier years')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'inward;import' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'What wrote it')
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'Use the journal in this folder')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would come, and keep nothing')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Name each file that has no date, and each attachment')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON and nothing else on standard output')
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
            [CompletionResult]::new('--settle', '--settle', [CompletionResultType]::ParameterName, 'Where it was edited on two devices apart, let the newest version stand')
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
        'inward;resume' {
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'Use the journal in this folder')
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
        'inward;routine' {
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'Use the journal in this folder')
            [CompletionResult]::new('--list', '--list', [CompletionResultType]::ParameterName, 'Only print which practices it would go through')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'inward;remind' {
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'When, as 21:00; may be repeated (08:00 and 20:30)')
            [CompletionResult]::new('--text', '--text', [CompletionResultType]::ParameterName, 'What the notification says')
            [CompletionResult]::new('--print', '--print', [CompletionResultType]::ParameterName, 'Print what would be set up, and set nothing up')
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'Use the journal in this folder')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'inward;prompt' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'What to print, as in "{due:write?}{unlocked}"; the default is "{due}{unlocked}"')
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'Use the journal in this folder')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'inward;sync' {
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'Use the journal in this folder')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON and nothing else on standard output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'inward;unlock' {
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'The same')
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'Use the journal in this folder')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'inward;lock' {
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'Use the journal in this folder')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'inward;key' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'add: whose it is, for you to read in the list')
            [CompletionResult]::new('--page', '--page', [CompletionResultType]::ParameterName, 'backup: a page to print, with a code to scan')
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'Use the journal in this folder')
            [CompletionResult]::new('--remove', '--remove', [CompletionResultType]::ParameterName, 'passphrase: leave the key without one')
            [CompletionResult]::new('--leave', '--leave', [CompletionResultType]::ParameterName, 'remove, rotate, reseal: leave files that cannot be opened as they are')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON and nothing else on standard output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'inward;init' {
            [CompletionResult]::new('--recipient', '--recipient', [CompletionResultType]::ParameterName, 'Seal entries to this age recipient as well; may be repeated')
            [CompletionResult]::new('--identity', '--identity', [CompletionResultType]::ParameterName, 'Put the key back from this copy of it')
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'Use the journal in this folder')
            [CompletionResult]::new('--no-passphrase', '--no-passphrase', [CompletionResultType]::ParameterName, 'Leave the identity file unencrypted: whoever can read it can read the journal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'inward;config' {
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'Use the journal in this folder')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'inward;doctor' {
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'Use the journal in this folder')
            [CompletionResult]::new('--fix', '--fix', [CompletionResultType]::ParameterName, 'Mend what can be mended without loss: permissions, and damaged files of which git has a whole copy')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON and nothing else on standard output')
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
