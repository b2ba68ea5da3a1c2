import { expect } from 'chai'
import { languageOf, say, TEXT_KEYS } from '../../config/runtime/texts.ts'

const blanks = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([blank]) => blank).sort()

describe('the words of the runtime', () => {
  it('name the same facts in both languages', () => {
    for (const key of TEXT_KEYS) expect(blanks(say('ko', key)), key).to.deep.equal(blanks(say('en', key)))
  })

  it('are Korean where the terminal is', () => {
    expect(languageOf({ LANG: 'ko_KR.UTF-8' })).to.equal('ko')
    expect(languageOf({ LANG: 'ko_KR.UTF-8', LC_ALL: 'C' })).to.equal('en')
    expect(languageOf({})).to.equal('en')
  })
})
