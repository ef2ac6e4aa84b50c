# Completions of inward for bash. The script asks inward for suggestions, which
# never needs a passphrase. If inward can't answer, the shell completes file names.
_inward() {
    local i found words=() joined=
    for ((i = 0; i <= COMP_CWORD; i++)); do
        # bash cuts --flag=value in three.
        if ((i > 1)) && [[ ${COMP_WORDS[i]} == = || ${COMP_WORDS[i-1]} == = ]]; then
            words[${#words[@]}-1]+=${COMP_WORDS[i]}
            joined=yes
        else
            words+=("${COMP_WORDS[i]}")
            joined=
        fi
    done
    found=$(inward completions bash -- "${words[@]}" 2>/dev/null) || return 1
    compopt +o default +o bashdefault 2>/dev/null
    # What is completed is the part after the last of them.
    joined=${joined:+${words[${#words[@]}-1]%"${words[${#words[@]}-1]##*=}"}}
    while IFS= read -r i; do
        i=${i#"$joined"}
        [[ -z $i ]] || COMPREPLY+=("$i")
    done <<<"$found"
    [[ ${#COMPREPLY[@]} -ne 1 || ${COMPREPLY[0]} != *[=,] ]] || compopt -o nospace 2>/dev/null
}
complete -o default -o bashdefault -F _inward inward
