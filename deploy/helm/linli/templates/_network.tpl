{{/* Argument: dict root name */}}
{{- define "linli.policyHead" -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ .name }}
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "linli.labels" (dict "root" .root "name" .name "component" "network" "service" "") | nindent 4 }}
{{- end }}

{{/* The Pod of `helm test`. */}}
{{- define "linli.testPeer" -}}
- podSelector:
    matchLabels:
      app.kubernetes.io/instance: {{ .Release.Name }}
      app.kubernetes.io/part-of: linli
      app.kubernetes.io/component: test
{{- end }}

{{/* Every path that is served outside, as a JSON list of path, pathType and to (a Service). */}}
{{- define "linli.doors" -}}
{{- $doors := list (dict "path" "/graphql" "pathType" "Exact" "to" "gateway") }}
{{- range $service, $fact := include "linli.facts" . | fromYaml }}
  {{- range $fact.doors }}
    {{- $doors = append $doors (dict "path" .path "pathType" .pathType "to" (printf "%s-api" $service)) }}
  {{- end }}
{{- end }}
{{- $doors | toJson }}
{{- end }}
