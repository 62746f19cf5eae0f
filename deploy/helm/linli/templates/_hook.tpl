{{/* Before an install and an upgrade, and gone when all went well. Argument: the weight */}}
{{- define "linli.hook" -}}
helm.sh/hook: pre-install,pre-upgrade
helm.sh/hook-weight: {{ . | quote }}
helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
{{- end }}
