import { setTimeout as after } from 'node:timers/promises'
import type { JsonObject } from '../../../src/base/json.ts'
import type { Operation } from '../book.ts'
import type { Answer, Request } from '../client.ts'
import { problem } from '../record/problem.ts'
import { type Change, type Held, registerProblems } from '../record/register.ts'
import type { Stage } from './stage.ts'
import { asAdministrator, realm } from './wire.ts'

/** A resource with a revision that administrators change. */
export type Register = {
  name: string
  operation: Operation
  /** Milliseconds between changes. A journey is large, and each change re-reads all of them. */
  pauseMs: number
  read: Request
  change(value: string): Request
  held(answer: Answer): Held
}

export function journey(number: number): Register {
  const name = `Saved-${number}`
  const path = `${realm}/journeys/${name}`
  return {
    name,
    operation: 'journey saved',
    pauseMs: 3_000,
    read: { method: 'GET', path },
    change: (description) => ({ method: 'PUT', path, body: { tree: { nodes: {}, description }, nodes: {} } }),
    held: ({ body }) => ({
      revision: String(body._rev),
      value: String((body.tree as JsonObject | undefined)?.description),
    }),
  }
}

export function person(userName: string): Register {
  const path = `/openidm/managed/alpha_user/${userName}`
  return {
    name: userName,
    operation: 'person saved',
    pauseMs: 20,
    read: { method: 'GET', path },
    change: (value) => ({
      method: 'PATCH',
      path,
      body: [{ operation: 'replace', field: '/description', value }],
    }),
    held: ({ body }) => ({ revision: String(body._rev), value: String(body.description) }),
  }
}

let written = 0

/** Changes one resource repeatedly, always from the last revision seen; sometimes twice at once. */
export async function playRegister(stage: Stage, register: Register): Promise<void> {
  const { client, administrator } = stage
  const { book } = client
  const ask = (request: Request) => client.ask(asAdministrator(administrator, request))
  let before: Held | undefined
  let changes: Change[] = []
  for (;;) {
    const answer = await ask(register.read)
    const now = register.held(answer)
    if (answer.status !== 200) {
      const seen = `${register.name}: ${answer.status}`
      return book.found([problem('an acknowledged change is lost', seen)])
    }
    if (before !== undefined) book.found(registerProblems(register.name, { before, changes, now }))
    if (stage.isOver()) return
    before = now
    // A request without a response may still take effect.
    changes = changes.filter(({ from, outcome }) => from === now.revision && outcome === 'unknown')
    await after(register.pauseMs)
    const authors = Math.random() < 0.2 ? 2 : 1
    changes.push(...(await Promise.all(Array.from({ length: authors }, () => change(now.revision)))))
  }

  async function change(from: string): Promise<Change> {
    const value = `value ${++written}`
    const request = register.change(value)
    const headers = { 'if-match': `"${from}"` }
    const answer = await client.once(asAdministrator(administrator, { ...request, headers }))
    if (answer === undefined) return { from, value, outcome: 'unknown' }
    if (answer.status !== 200) return { from, value, outcome: 'refused' }
    book.acknowledged(register.operation)
    return { from, value, outcome: { saved: register.held(answer).revision } }
  }
}
