import { parseArgs } from 'node:util'
import { z } from 'zod'
import type { Link } from '../audit/chain.ts'
import { type Signed, type Verdict, verifyChain } from '../audit/verify-chain.ts'
import { readConfig } from '../config.ts'
import { type Folder, openAuditStore } from './folder-target.ts'
import { administratorOf } from './open-target.ts'
import { ask, signIn, signOut } from './server-target.ts'
import type { Terminal } from './target.ts'
import { parsing, UsageError } from './usage-error.ts'

const options = { data: { type: 'string' }, head: { type: 'string' } } as const

/**
 * `sidegate audit verify`: verifies that no entry of the audit trail was changed, removed or inserted.
 * @returns whether the chain is intact.
 * @throws OperationError if the book cannot be read.
 */
export async function auditCommand(args: string[], terminal: Terminal): Promise<boolean> {
  const { values, positionals } = parsing(() => parseArgs({ args, options, allowPositionals: true }))
  if (positionals.join(' ') !== 'verify')
    throw new UsageError('sidegate audit verify [--data DIR] [--head SEQUENCE:HASH]')
  const expected = values.head === undefined ? undefined : linkOf(values.head)
  const verdict =
    values.data === undefined
      ? await verifyOnServer(terminal.environment, expected)
      : await verifyFolder({ ...readConfig(terminal.environment), dataFolder: values.data }, expected)
  terminal.print(textOf(verdict))
  return verdict.isWhole
}

function textOf(verdict: Verdict): string {
  const { rows } = verdict
  if (!verdict.isWhole) {
    return `The audit trail was altered at row ${verdict.brokenAt}: ${verdict.reason}. Unchanged rows before it: ${rows}.`
  }
  const { last, signed } = verdict
  return `${rows} rows are unchanged${signedText(signed)}. The last row is ${last.sequence}:${last.hash}`
}

function signedText(signed: Signed | null): string {
  if (signed === null) return '; no row is signed yet: the next start of a server signs all'
  const { since, through } = signed
  return `, and signed up to row ${through}${since > 1 ? ` (those before row ${since} were signed together)` : ''}`
}

async function verifyFolder(folder: Folder, expected: Link | undefined): Promise<Verdict> {
  const { store, signer, close } = await openAuditStore(folder)
  try {
    return await verifyChain(store, signer, expected && [expected])
  } finally {
    await close()
  }
}

const linkSchema = z.object({ sequence: z.number(), hash: z.string() })

const verdictSchema: z.ZodType<Verdict> = z.discriminatedUnion('isWhole', [
  z.object({
    isWhole: z.literal(true),
    rows: z.number(),
    last: linkSchema,
    signed: z.object({ since: z.number(), through: z.number() }).nullable(),
  }),
  z.object({ isWhole: z.literal(false), rows: z.number(), brokenAt: z.number(), reason: z.string() }),
])

async function verifyOnServer(environment: NodeJS.ProcessEnv, head: Link | undefined): Promise<Verdict> {
  const { url, password } = administratorOf(environment)
  const session = await signIn(url, password)
  try {
    const body = head === undefined ? {} : { head }
    return verdictSchema.parse(await ask(session, '/am/json/global-config/audit?_action=verify', body))
  } finally {
    await signOut(session)
  }
}

function linkOf(text: string): Link {
  const [, sequence, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? []
  if (sequence === undefined || hash === undefined) {
    throw new UsageError('--head takes the last row that an earlier check printed, such as 1042:5f0c…')
  }
  return { sequence: Number(sequence), hash }
}
