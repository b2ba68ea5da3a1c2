import { enableCompileCache } from 'node:module'

/** Loaded before any test: half of the time until the first one begins is compiling what was compiled before. */
enableCompileCache()
