# What may stand here, from inward itself: it knows the practices, and the
# journal. It never asks for a passphrase. Fails where a file is wanted, and
# where inward cannot be asked.
_inward_live() {
    local i words=() joined=
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
    local found IFS=$'\n'
    found=$(inward completions bash -- "${words[@]}" 2>/dev/null) || return 1
    COMPREPLY=($found)
    [[ -z $joined ]] || COMPREPLY=("${COMPREPLY[@]#*=}")
    compopt +o default +o bashdefault 2>/dev/null
    return 0
}

