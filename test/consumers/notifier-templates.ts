import { readConfig } from '../../config/config.ts'

/** As they are configured where nobody says otherwise. */
export const TEMPLATES = readConfig({
  JWT_SECRET: 'x'.repeat(32),
  TOSS_SECRET_KEY: 'test_sk_12345678',
  SOLAPI_API_KEY: 'NCS12345',
  SOLAPI_API_SECRET: 'secret-secret',
}).SOLAPI_TEMPLATES
