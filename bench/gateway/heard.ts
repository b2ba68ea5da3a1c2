/** Where the audience tells how many pushes it has heard: whoever feeds the server keeps so far ahead, and no further. */
export const HEARD = 'bench.heard'
