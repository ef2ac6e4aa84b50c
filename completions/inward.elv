# Completions of inward for elvish. Each time, inward itself is asked what may
# stand here; it never asks for a passphrase. Where it fails, a file is wanted.
set edit:completion:arg-completer[inward] = {|@words|
    try {
        inward completions elvish -- $@words 2>/dev/null | from-lines
    } catch {
        edit:complete-filename $@words
    }
}
