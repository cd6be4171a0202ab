# fish completion for a csr program: installed once under the name of each; options and
# verbs come from --help, so they are always those of the program that is installed.

# __csr_help SECTION PROG [VERB] - of the help: "verbs" with their help; the "words" an
# operand may be; the "options" as short, long, ARG, words and help between tabs
function __csr_help -a section
    command $argv[2..] --help 2>/dev/null </dev/null | awk -v section=$section '
    # "usage: csr-report [options] list | NAME": the words in small letters
    /^usage:/ && section == "words" {
        n = split($0, part, /\| *|\] */)
        for (i = 2; i <= n; i++) if (match(part[i], /^[a-z]+/)) print substr(part[i], 1, RLENGTH)
    }
    /^[a-z]+:/ { verbs = /^verbs:/; next }
    verbs && section == "verbs" {
        name = $1; sub(/^ +[^ ]+ +(\[?[A-Z][^ ]* *)*/, ""); print name "\t" $0
    }
    section == "options" && match($0, /^  (-., |    )--[a-z0-9-]+(=[^ ]+)?/) {
        option = substr($0, 7, RLENGTH - 6); rest = substr($0, RLENGTH + 1)
        short = substr($0, 3, 2); gsub(/ /, "", short); arg = ""
        if ((eq = index(option, "=")) > 0) {
            arg = substr(option, eq + 1); option = substr(option, 1, eq - 1)
        }
        sub(/^ +/, "", rest)
        # What it takes, if the help says so: a|b|c, or a list of words up front.
        words = ""
        if (match(arg " " rest, /[a-z0-9_]+(\|[a-z0-9_]+)+/))
            words = substr(arg " " rest, RSTART, RLENGTH)
        else if (arg != "" && match(rest, /^[a-z0-9_]+(, [a-z0-9_]+)+( or [a-z0-9_]+)?/))
            words = substr(rest, 1, RLENGTH)
        gsub(/, or$| or |, |\|/, ",", words); sub(/,$/, "", words)
        print short "\t" option "\t" arg "\t" words "\t" rest
    }'
end

# What an option's argument may be: its words, the formats, folders, files.
function __csr_value -a prog arg words
    if test -n "$words"
        string split , -- $words
    else if test "$arg" = FORMAT
        command $prog --list-formats 2>/dev/null | string replace -r '\s+' '\t'
    end
    switch $arg
        case DIR
            __fish_complete_directories
        case '*FILE*' DB PATH
            __fish_complete_path
    end
end

function __csr_candidates
    set -l tokens (commandline -opc)
    set -l cur (commandline -ct)
    set -l prog $tokens[1]
    set -l verbs (__csr_help verbs $prog)
    set -l verb
    for token in $tokens[2..]
        if string match -q -- "$token"\t'*' $verbs
            set verb $token
            break
        end
    end
    set -l options (__csr_help options $prog $verb)
    set -l option (string match -r -- '^(--[a-z0-9-]+)=' $cur)[2]
    for row in $options
        set -l f (string split \t -- $row)
        if test -n "$f[3]"; and begin
                test -n "$option" -a "$option" = "$f[2]"
                or contains -- "$tokens[-1]" $f[1] $f[2]
            end
            if test -n "$option"
                __csr_value $prog $f[3] "$f[4]" | string replace -r '^' -- "$option="
            else
                __csr_value $prog $f[3] "$f[4]"
            end
            return
        end
    end
    if string match -q -- '-*' $cur
        for row in $options
            set -l f (string split \t -- $row)
            test -n "$f[3]"; and set f[2] "$f[2]="
            printf '%s\t%s\n' $f[2] $f[5]
        end
        return
    end
    if test -z "$verb" -a (count $verbs) -gt 0
        printf '%s\n' $verbs
        return
    end
    __csr_help words $prog
    if string match -q '*csr-report' -- $prog
        command $prog list 2>/dev/null |
            sed -nE 's/.*"(name|report)":"([^"]*)".*/\2/p; /^\{/!s/^([a-z][a-z0-9-]*) .*/\1/p'
    end
    __fish_complete_path $cur
end

complete -c (basename (status filename) .fish) -f -a '(__csr_candidates)'
