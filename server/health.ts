import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { register } from 'prom-client'

export interface HealthChecks {
  /** Whether this process can do its work now. One that throws is not ready. */
  readonly ready: () => boolean | Promise<boolean>
  /** What else `/healthz` tells, beside `status`. */
  readonly extra?: () => object
}

export interface HealthOptions extends HealthChecks {
  /** 0 picks a free port. */
  readonly port: number
}

/** The three, being served. */
export interface Health {
  readonly port: number
  stop(): Promise<void>
}

export const HEALTH_PATHS = ['/healthz', '/readyz', '/metrics'] as const
export type HealthPath = (typeof HEALTH_PATHS)[number]

export interface HealthAnswer {
  readonly status: 200 | 503
  readonly type: string
  readonly body: string
}

/** `/healthz`: the process lives. `/readyz`: it can work. `/metrics`: its figures, for Prometheus. */
export const healthAnswer = async (path: HealthPath, { ready, extra }: HealthChecks): Promise<HealthAnswer> => {
  switch (path) {
    case '/healthz':
      return json(200, { status: 'ok', ...extra?.() })
    case '/readyz': {
      const isReady = await Promise.resolve()
        .then(ready)
        .catch(() => false)
      return isReady ? json(200, { status: 'ready' }) : json(503, { status: 'not ready' })
    }
    case '/metrics':
      return { status: 200, type: register.contentType, body: await register.metrics() }
  }
}

const json = (status: 200 | 503, body: object): HealthAnswer => ({
  status,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(body),
})

/** Serves the three on a port of their own. @throws Error when the port is taken */
export const startHealth = async ({ port, ...checks }: HealthOptions): Promise<Health> => {
  const server = createServer((req, res) => {
    const path = HEALTH_PATHS.find(known => known === req.url?.split('?')[0])
    if (!path || req.method !== 'GET') {
      res.writeHead(404).end()
      return
    }
    healthAnswer(path, checks).then(
      ({ status, type, body }) => res.writeHead(status, { 'content-type': type }).end(body),
      () => res.writeHead(500).end(),
    )
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections() // a scraper keeps its connection open
      }),
  }
}
