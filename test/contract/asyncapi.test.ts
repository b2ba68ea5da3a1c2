import { createRequire } from 'node:module'
import { Ajv } from 'ajv'
import { expect } from 'chai'
import { asyncapi } from '../../server/contract/asyncapi.ts'
import { COMMAND_NAMES } from '../../server/contract/order-commands.ts'
import { PUSHES } from '../../server/contract/pushes.ts'
import { socketRequests } from '../../server/sockets/requests.ts'

type Node = { readonly [key: string]: Node }

const SPECIFICATION = createRequire(import.meta.url)('@asyncapi/specs/schemas/3.0.0-without-$id.json') as object
/** A path, an address and a pattern are not looked into: JSON Schema leaves formats to whoever wants them. */
const isAsyncApi = new Ajv({ strict: false, validateFormats: false }).compile(SPECIFICATION)

describe('the AsyncAPI document', () => {
  const document = asyncapi() as unknown as Node
  const operations = Object.values(document.operations ?? {})
  const of = (action: string) => operations.filter(operation => (operation.action as unknown) === action)
  /** @param reference `#/channels/socket/messages/order` */
  const at = ({ $ref }: { readonly $ref?: unknown }): Node | undefined =>
    String($ref)
      .split('/')
      .slice(1)
      .reduce<Node | undefined>((part, key) => part?.[key], document)

  it('is one, by its own specification', () => {
    expect(isAsyncApi(document), JSON.stringify(isAsyncApi.errors)).to.equal(true)
    expect(isAsyncApi({ ...document, servers: { gateway: { host: 'no protocol' } } })).to.equal(false)
  })

  it('tells every push, and takes every request that the sockets answer', () => {
    expect(of('send').map(({ title }) => title)).to.have.members([...Object.keys(PUSHES), 'connect_error'])
    const answered = Object.keys(socketRequests({} as Parameters<typeof socketRequests>[0]))
    expect(of('receive').map(({ title }) => title)).to.have.members(answered)
    for (const { reply } of of('receive')) expect(Object.values(reply?.messages ?? {})).to.have.length(1)
  })

  it('says to whom, or by whom, each is', () => {
    for (const { description } of of('send')) expect(description).to.match(/^To .+\.$/)
    for (const { description } of of('receive')) expect(description).to.match(/^By .+\.$/)
  })

  it('refers to nothing that is not there', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, $ref]) => $ref)
    expect(references).to.have.length.above(20)
    expect(references.filter($ref => at({ $ref }) === undefined)).to.deep.equal([])
  })

  it('describes every command with the bounds of its body', () => {
    const commands = Object.values(document.channels?.socket?.messages?.command?.payload?.anyOf ?? {})
    expect(commands.map(({ properties }) => properties?.name?.const)).to.deep.equal([...COMMAND_NAMES])
    const accept = commands.find(({ properties }) => (properties?.name?.const as unknown) === 'accept')
    expect(accept?.properties?.prepMinutes).to.include({ type: 'integer', minimum: 1, maximum: 180 })
    expect(accept?.required).to.have.members(['name', 'orderId', 'prepMinutes'])
    const place = commands.find(({ properties }) => (properties?.name?.const as unknown) === 'place')
    expect(place?.required).to.have.members(['name', 'idempotencyKey', 'storeId', 'items', 'deliverTo'])
  })

  it('is plain JSON', () => {
    expect(JSON.parse(JSON.stringify(document))).to.deep.equal(document)
  })
})
