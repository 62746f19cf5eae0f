{{- define "linli.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "linli.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{/* What every Pod of the chart has beside its containers. Argument: dict root */}}
{{- define "linli.podParts" -}}
automountServiceAccountToken: false
# Services are found by DNS; a variable for each of them could be mistaken for a setting.
enableServiceLinks: false
{{- with .root.Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
securityContext:
  {{- include "linli.podSecurity" . | nindent 2 }}
{{- with .root.Values.scheduling.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .root.Values.scheduling.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .root.Values.scheduling.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- end }}

{{/* The root of a container is read-only: these are where it may write. Argument: dict root service */}}
{{- define "linli.volumes" -}}
- name: tmp
  emptyDir:
    sizeLimit: {{ .root.Values.scratchSize }}
- name: state
  emptyDir:
    sizeLimit: 16Mi
{{- if eq .service "gateway" }}
- name: scripts
  configMap:
    name: gateway-scripts
{{- else }}
{{- with .root.Values.mongodb.caSecret }}
{{- if .name }}
- name: mongodb-ca
  secret:
    secretName: {{ .name }}
    items:
      - {key: {{ .key }}, path: ca.crt}
{{- end }}
{{- end }}
{{- with .root.Values.kafka.caSecret }}
{{- if .name }}
- name: kafka-ca
  secret:
    secretName: {{ .name }}
    items:
      - {key: {{ .key }}, path: ca.crt}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- define "linli.volumeMounts" -}}
- name: tmp
  mountPath: /tmp
- name: state
  mountPath: /var/lib/linli
{{- if ne .service "gateway" }}
{{- if .root.Values.mongodb.caSecret.name }}
- name: mongodb-ca
  mountPath: /etc/linli/mongodb
  readOnly: true
{{- end }}
{{- if .root.Values.kafka.caSecret.name }}
- name: kafka-ca
  mountPath: /etc/linli/kafka
  readOnly: true
{{- end }}
{{- end }}
{{- end }}

{{/*
A service's variables: its ConfigMap whole, of its Secret what it needs by name.
Argument: dict root service configMap secret
*/}}
{{- define "linli.environment" -}}
envFrom:
  - configMapRef:
      name: {{ .configMap }}
{{- if ne .service "gateway" }}
env:
  {{- range $name := include "linli.secretVariables" . | fromJsonArray }}
  - name: {{ $name }}
    valueFrom:
      secretKeyRef:
        name: {{ $.secret }}
        key: {{ $name }}
  {{- end }}
{{- end }}
{{- end }}

{{/* A container that runs one command of a service. Argument: dict root service configMap secret name args resources */}}
{{- define "linli.commandContainer" -}}
name: {{ .name }}
image: {{ include "linli.image" (dict "root" .root "image" .service) }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
command: {{ prepend .args "linli" | toJson }}
{{ include "linli.environment" . }}
securityContext:
  {{- include "linli.containerSecurity" . | nindent 2 }}
resources:
  {{- toYaml .resources | nindent 2 }}
volumeMounts:
  {{- include "linli.volumeMounts" . | nindent 2 }}
{{- end }}

{{/* Rolls the Pods when what they read at their start changes. Argument: dict root service */}}
{{- define "linli.checksums" -}}
{{- if eq .service "gateway" }}
checksum/settings: {{ include "linli.gatewaySettings" .root | sha256sum }}
checksum/scripts: {{ (.root.Files.Glob "files/*.mjs").AsConfig | sha256sum }}
{{- else }}
checksum/settings: {{ include "linli.serviceSettings" . | sha256sum }}
checksum/secret: {{ printf "%s\n%s\n%s" (include "linli.existingSecret" .) .root.Values.secrets.version (include "linli.secretData" .) | sha256sum }}
{{- end }}
{{- end }}
