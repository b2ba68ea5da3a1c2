/**
 * How somebody came to this page: wouter tells the window of every step. A step back keeps its place on the page, a step forward begins at the
 * top; and who came from elsewhere is not sent there by our own "back".
 */
let depth = 0
let cameBack = false
let isFirst = true

addEventListener('pushState', () => {
  depth++
  cameBack = false
})
addEventListener('popstate', () => {
  depth = Math.max(0, depth - 1)
  cameBack = true
})

/** A page has opened. The first one is left as the browser has it. */
export const arrive = (): 'first' | 'forward' | 'back' => {
  const how = isFirst ? 'first' : cameBack ? 'back' : 'forward'
  isFirst = false
  return how
}

/** There is a page of ours to go back to. */
export const hasBefore = (): boolean => depth > 0
