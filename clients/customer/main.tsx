import { startApp } from '../web/start-app.tsx'
import { App, Visitor } from './app.tsx'

startApp({ role: 'customer', base: '', title: { ko: '배달', en: 'Baedal' }, signedIn: <App />, signedOut: <Visitor /> })
