import { startApp } from '../web/start-app.tsx'
import { App } from './app.tsx'

startApp({ role: 'ops', base: '/ops', title: { ko: '배달 관제', en: 'Baedal control room' }, signedIn: <App /> })
