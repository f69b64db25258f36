package net.reroute.cli;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The completion script: words of the command line from the commands, names from the inventory in force. */
final class CompletionScript {

    /** What the operands of commands name. */
    private static final Map<String, String> OPERANDS = new TreeMap<>(Map.of("status", "services servers routers",
            "explain", "services servers routers", "drain", "servers", "undrain", "servers", "release", "services",
            "drill", "servers", "record", "routers", "play", "playbooks"));

    private CompletionScript() {}

    static String of(CommandLine root) {
        TreeSet<String> commands = new TreeSet<>(root.getSubcommands().keySet());
        commands.removeIf(c -> root.getSubcommands().get(c).getCommandSpec().usageMessage().hidden());
        StringBuilder options = new StringBuilder();
        root.getSubcommands().forEach((name, command) -> options.append("    ").append(name).append(") echo \"")
                .append(options(command)).append("\" ;;\n"));
        StringBuilder operands = new StringBuilder();
        OPERANDS.forEach((command, kinds) -> operands.append("    ").append(command)
                .append(") known=$(_reroute_names ").append(kinds).append(") ;;\n"));
        return SCRIPT.replace("@COMMANDS@", String.join(" ", commands)).replace("@OPTIONS@", options)
                .replace("@OPERANDS@", operands);
    }

    private static String options(CommandLine command) {
        return command.getCommandSpec().options().stream().filter(o -> !o.hidden()).map(OptionSpec::names)
                .flatMap(names -> List.of(names).stream()).filter(n -> n.startsWith("--"))
                .collect(Collectors.joining(" "));
    }

    /** Names are asked of the command that is completed, with its --home and --state. */
    private static final String SCRIPT = """
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
                                             --home|--state) COMPREPLY=($(compgen -d -- "$word")); return ;;
                                             --if-down|--server|--kill) known=$(_reroute_names servers) ;;
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
                                         @OPERANDS@            validate) COMPREPLY=($(compgen -f -- "$word")); return ;;
                                                     dns) known=zone ;;
                                                     token) known="add revoke" ;;
                                                     help) known="@COMMANDS@" ;;
                                                     @CASES@) ;;
                                                     *) [[ " ${plain[*]} " == *" to "* ]] || known="to $(_reroute_names services)" ;;
                                                     esac
                                                 fi ;;
                                             esac
                                             COMPREPLY=($(compgen -W "$known" -- "$word"))
                                         }
                                         complete -F _reroute reroute
                                         """
            .replace("@CASES@",
                    "daemon|history|jobs|pause|resume|reload|rehearse|doctor|undo|plan|switch|completion|man|names");
}
