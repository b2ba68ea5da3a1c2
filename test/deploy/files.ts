import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import { ROOT } from '../house/sources.ts'

/** What is looked at of a manifest; the rest is Kubernetes' own business. */
export interface Manifest {
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace?: string }
  readonly data?: Readonly<Record<string, string>>
  readonly stringData?: Readonly<Record<string, string>>
  readonly resources?: readonly string[]
  readonly spec?: {
    readonly replicas?: number
    readonly selector?: { readonly matchLabels?: Labels } & Labels
    readonly podSelector?: { readonly matchLabels?: Labels }
    readonly ports?: readonly { readonly targetPort: string }[]
    readonly scaleTargetRef?: { readonly name: string }
    readonly template?: { readonly metadata: { readonly labels: Labels }; readonly spec: Pod }
    readonly egress?: readonly { readonly ports: readonly { readonly port: number | string }[] }[]
    readonly ingress?: readonly { readonly ports: readonly { readonly port: number | string }[] }[]
  }
}
type Labels = Readonly<Record<string, string>>
export interface Pod {
  readonly serviceAccountName: string
  readonly automountServiceAccountToken: boolean
  readonly terminationGracePeriodSeconds: number
  readonly securityContext: { readonly runAsNonRoot: boolean; readonly runAsUser: number }
  readonly containers: readonly Container[]
  readonly volumes: readonly { readonly name: string; readonly secret?: { readonly secretName: string } }[]
}
interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string }
}
export interface Container {
  readonly image: string
  readonly command: readonly string[]
  readonly envFrom: readonly { readonly configMapRef?: { readonly name: string }; readonly secretRef?: { readonly name: string } }[]
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[]
  readonly startupProbe?: Probe
  readonly readinessProbe?: Probe
  readonly livenessProbe?: Probe
  readonly resources: { readonly requests: object; readonly limits: object }
  readonly securityContext: object
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[]
}

export interface Compose {
  readonly services: Readonly<Record<string, ComposeService>>
}
export interface ComposeService {
  readonly image: string
  readonly command: readonly string[]
  readonly env_file: readonly string[]
  readonly read_only?: boolean
  readonly cap_drop?: readonly string[]
  readonly deploy?: { readonly replicas: number }
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
  readonly stop_grace_period?: string
}

export const text = (path: string): string => readFileSync(join(ROOT, path), 'utf8')

/** The documents of a YAML file. @throws Error when it is none */
export const documents = (path: string): readonly unknown[] =>
  parseAllDocuments(text(path), { merge: true }).map(document => {
    const [error] = document.errors
    if (error) throw new Error(`${path}: ${error.message}`)
    return document.toJS() as unknown
  })

export const manifests = (path: string): readonly Manifest[] => documents(path) as readonly Manifest[]

/** A kustomization's own manifests and those of the directories that it names. */
export const built = (dir: string): readonly Manifest[] =>
  (manifests(`${dir}/kustomization.yaml`)[0]?.resources ?? []).flatMap(resource =>
    resource.endsWith('.yaml') ? manifests(`${dir}/${resource}`) : built(join(dir, resource)),
  )

/** `NAME=value` lines, comments left out. */
export const settingsIn = (lines: string): Readonly<Record<string, string>> =>
  Object.fromEntries([...lines.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]))

/** Those that run for ever, as the Procfile has them. */
export const PROCESSES: readonly string[] = [...text('Procfile').matchAll(/^(\w+): node server\/main\.ts \1$/gm)].map(
  ([, name = '']) => name,
)
