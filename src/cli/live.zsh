# What may stand here, from inward itself: it knows the practices, and the
# journal. It never asks for a passphrase. Fails where a file is wanted, and
# where inward cannot be asked.
_inward_live() {
    local found line
    local -a values
    found=$(inward completions zsh -- "${(@Q)words[1,CURRENT]}" 2>/dev/null) || return 1
    for line in "${(@f)found}"; do
        [[ -n $line ]] && values+=("$line")
    done
    (( $#values )) && _describe -V inward values
    return 0
}

