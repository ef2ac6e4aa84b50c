# Completions of inward for fish. Each time, inward itself is asked what may stand
# here; it never asks for a passphrase. Where it fails, a file is wanted.
function __inward_complete
    set -l words (commandline -opc) (commandline -ct)
    inward completions fish -- $words 2>/dev/null
    or __fish_complete_path (commandline -ct)
end
complete --command inward --keep-order --no-files --arguments "(__inward_complete)"
