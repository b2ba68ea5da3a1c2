/** Of the release, as package.json has it: what documents and processes call themselves. */
export const VERSION = '0.1.0'
