import { startApp } from '../web/start-app.tsx'
import { App } from './app.tsx'

startApp({ role: 'rider', base: '/rider', title: { ko: '배달 라이더', en: 'Baedal for riders' }, signedIn: <App /> })
