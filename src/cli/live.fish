# What may stand here, from inward itself: it knows the practices, and the
# journal. It never asks for a passphrase. Files, where one is wanted and where
# inward cannot be asked.
function __inward_live
    set -l words (commandline -opc) (commandline -ct)
    inward completions fish -- $words 2>/dev/null
    or __fish_complete_path (commandline -ct)
end

complete -c inward -f -a "(__inward_live)"
