# Completions of inward for fish. The script asks inward for suggestions, which
# never needs a passphrase. If inward can't answer, the shell completes file names.
function __inward_complete
    set -l words (commandline -opc) (commandline -ct)
    inward completions fish -- $words 2>/dev/null
    or __fish_complete_path (commandline -ct)
end
complete --command inward --keep-order --no-files --arguments "(__inward_complete)"
