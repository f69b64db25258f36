# Completion of reroute for bash, and for zsh by bashcompinit: source <(reroute completion)
if [ -n "${ZSH_VERSION-}" ]; then
    autoload -U +X bashcompinit && bashcompinit
fi

_reroute_names() {
    "${COMP_WORDS[0]}" "${_reroute_where[@]}" names "$@" 2>/dev/null
}

_reroute_options() {
    case $1 in
@OPTIONS@    esac
}

_reroute() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command= i next= plain=() known=
    _reroute_where=()
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
        --home|--state) _reroute_where+=("${COMP_WORDS[i]}" "${COMP_WORDS[i+1]}"); ((i++)) ;;
        -*) ;;
        *) plain+=("${COMP_WORDS[i]}") ;;
        esac
    done
    command=${plain[0]-}
    case $before in
    --home|--state|--to) COMPREPLY=($(compgen -d -- "$word")); return ;;
    --if-down|--server|--kill) known=$(_reroute_names servers) ;;
    --kind) known="moved not-moved down up suspect flapping wish drift missing takeover play" ;;
    --log-format) known="text journal json" ;;
    --for|--because|--since|--fields|--anchor|--wait|--from) return ;;
    --service|--of) known=$(_reroute_names services servers routers) ;;
    to) known=$(_reroute_names servers) ;;
    *)
        if [[ $word == -* ]]; then
            case " @COMMANDS@ " in *" $command "*) next=$command ;; *) next=move ;; esac
            known=$(_reroute_options "$next")
        elif [ -z "$command" ]; then
            known="@COMMANDS@ $(_reroute_names services)"
        else
            case $command in
@OPERANDS@            validate|convert) COMPREPLY=($(compgen -f -- "$word")); return ;;
            dns) known=zone ;;
            token) known="add revoke" ;;
            help) known="@COMMANDS@" ;;
            daemon|history|jobs|pause|resume|reload|rehearse|doctor|undo|plan|switch|completion|man|names) ;;
            *) [[ " ${plain[*]} " == *" to "* ]] || known="to $(_reroute_names services)" ;;
            esac
        fi ;;
    esac
    COMPREPLY=($(compgen -W "$known" -- "$word"))
}
complete -F _reroute reroute
