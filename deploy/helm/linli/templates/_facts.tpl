{{/*
What is so by the program, and no operator's to choose: each service's secrets, settings and doors.

  secrets    variables that are read from a Secret, beside those that every service has
  state      whether it keeps files over restarts of its container (STATE_FOLDER)
  wechat     its processes that call WeChat's servers
  doors      paths that are served outside the cluster: docs/edges.md
  scheduled  commands for the clock, and whether one has nothing to do in read-only mode
*/}}
{{- define "linli.facts" -}}
residents:
  secrets: [UNION_MARK_KEY]
  miniprogram: true
  state: false
  wechat: [api]
  doors:
    - {path: /jwks.json, pathType: Exact}
    - {path: /oauth/token, pathType: Exact}
    - {path: /imports, pathType: Prefix}
    - {path: /exports, pathType: Prefix}
  scheduled:
    verify-audit: {args: [verify-audit]}
issues:
  secrets: [PHOTO_URL_KEY]
  miniprogram: false
  state: true
  wechat: []
  doors:
    - {path: /photos, pathType: Prefix}
  scheduled:
    sweep-clocks: {args: [sweep-clocks], writes: true}
vouchers:
  secrets: [VOUCHER_CODE_KEY]
  miniprogram: false
  state: true
  wechat: []
  doors:
    - {path: /till/v1, pathType: Prefix}
  scheduled:
    expire-vouchers: {args: [expire-vouchers], writes: true}
    verify-ledger: {args: [verify-ledger]}
outreach:
  secrets: [UNION_MARK_KEY]
  miniprogram: true
  state: true
  wechat: [api, worker]
  doors:
    - {path: /wechat/callback, pathType: Prefix}
  scheduled: {}
{{- end }}

{{/* The port that every container listens on. */}}
{{- define "linli.port" -}}8080{{- end }}

{{/*
Every Deployment, as a JSON list: name, image, service, role (api, worker or gateway), and its
values, those of `defaults` under its own.
*/}}
{{- define "linli.workloads" -}}
{{- $all := list }}
{{- range $service := keys (include "linli.facts" . | fromYaml) | sortAlpha }}
  {{- range $role := list "api" "worker" }}
    {{- $own := index $.Values.services $service $role | default dict }}
    {{- $spec := mergeOverwrite (deepCopy (index $.Values.defaults $role)) (deepCopy $own) }}
    {{- $all = append $all (dict "name" (printf "%s-%s" $service $role) "image" $service "service" $service "role" $role "spec" $spec) }}
  {{- end }}
{{- end }}
{{- $all = append $all (dict "name" "gateway" "image" "gateway" "service" "gateway" "role" "gateway" "spec" .Values.gateway) }}
{{- $all | toJson }}
{{- end }}

{{/* The fewest Pods that a workload has. Argument: an entry of linli.workloads. */}}
{{- define "linli.fewest" -}}
{{- if .spec.autoscaling.enabled }}{{ .spec.autoscaling.minReplicas }}{{ else }}{{ .spec.replicas }}{{ end }}
{{- end }}
