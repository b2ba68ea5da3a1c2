export {} // a module, so that it may say what `self` is

declare const self: ServiceWorkerGlobalScope

/** One for each app, by its scope. What an app needs to open is kept, so that it opens without a network; what it shows comes over the line. */
const { pathname: SHELL } = new URL(self.registration.scope)
const CACHE = `baedal ${SHELL}`
const LINKED = /(?:src|href)="(\/[^"]+)"/g

/** The page, and all that it names; of an older build's files none is left. */
const keepShell = async (): Promise<void> => {
  const cache = await caches.open(CACHE)
  const page = await fetch(SHELL, { headers: { accept: 'text/html' }, cache: 'no-cache' })
  if (!page.ok) throw new Error(`no page at ${SHELL}`)
  const text = await page.clone().text()
  if (text === (await (await cache.match(SHELL))?.text())) return
  const named = [...text.matchAll(LINKED)].map(([, path]) => path ?? '').filter(path => /^\/assets\/|\.(svg|webmanifest)$/.test(path))
  await cache.addAll(named)
  for (const kept of await cache.keys()) if (!named.includes(new URL(kept.url).pathname)) await cache.delete(kept)
  await cache.put(SHELL, page)
}

/** A newer build's page names other files. */
const pageOrShell = async (request: Request): Promise<Response> => {
  try {
    return await fetch(request)
  } catch {
    return (await (await caches.open(CACHE)).match(SHELL)) ?? Response.error()
  }
}

/** Its name holds a hash of what is in it: what was kept is right for ever. */
const assetOnce = async (request: Request): Promise<Response> => {
  const cache = await caches.open(CACHE)
  const kept = await cache.match(request)
  if (kept) return kept
  const fetched = await fetch(request)
  if (fetched.ok) await cache.put(request, fetched.clone())
  return fetched
}

self.addEventListener('install', event => event.waitUntil(keepShell().then(() => self.skipWaiting())))
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()))
self.addEventListener('message', event => {
  if (event.data === 'keep') event.waitUntil(keepShell())
})
self.addEventListener('fetch', event => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin) return
  if (request.mode === 'navigate') event.respondWith(pageOrShell(request))
  else if (pathname.startsWith('/assets/')) event.respondWith(assetOnce(request))
})

interface PushNote {
  readonly title: string
  readonly body: string
  readonly url?: string
}

self.addEventListener('push', event => {
  const note = event.data?.json() as PushNote | undefined
  if (note)
    event.waitUntil(self.registration.showNotification(note.title, { body: note.body, icon: '/icon-192.png', data: note.url ?? SHELL }))
})
self.addEventListener('notificationclick', event => {
  event.notification.close()
  event.waitUntil(self.clients.openWindow(String(event.notification.data ?? SHELL)))
})
