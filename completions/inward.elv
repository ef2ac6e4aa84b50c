# Completions of inward for elvish. The script asks inward for suggestions, which
# never needs a passphrase. If inward can't answer, the shell completes file names.
set edit:completion:arg-completer[inward] = {|@words|
    try {
        inward completions elvish -- $@words 2>/dev/null | from-lines
    } catch {
        edit:complete-filename $@words
    }
}
