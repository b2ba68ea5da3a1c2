import { startApp } from '../web/start-app.tsx'
import { App } from './app.tsx'

startApp({ role: 'store', base: '/store', title: { ko: '배달 사장님', en: 'Baedal for stores' }, signedIn: <App /> })
