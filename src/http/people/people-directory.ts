import { z } from 'zod'
import { OperationError, RequestError } from '../../base/errors.ts'
import type { JsonObject } from '../../base/json.ts'
import type { LinkedIdentities } from '../../people/directories/linked-identities.ts'
import type { DirectoryOf } from '../../people/directories/people-directory.ts'
import { parseBody } from '../body.ts'
import { type Answer, byAction, type Call, type Route } from '../route.ts'

type DirectoryDependencies = { directoryOf: DirectoryOf; linkedPeople: Pick<LinkedIdentities, 'synchronize'> }

/** Tests and synchronizes the LDAP directory in the settings of a realm. */
export function peopleDirectoryRoutes(from: DirectoryDependencies): Route[] {
  return [
    {
      method: 'POST',
      path: 'realm-config/directory',
      access: 'realm',
      resource: { kind: 'directory' },
      reads: ['test'],
      summary:
        'Tests the connection to the directory of the realm and looks up a username (`test`), or imports all of its people (`synchronize`).',
      handle: byAction({
        test: (call) => test(from, call),
        synchronize: (call) => synchronize(from, call),
      }),
    },
  ]
}

const testSchema = z.object({ userName: z.string().min(1).max(255) })

/**
 * Tests the connection. Only server administrators get the cause of a failure: realm administrators choose the servers, and
 * could use the causes to scan a network.
 */
async function test({ directoryOf }: DirectoryDependencies, call: Call): Promise<Answer> {
  const { userName } = parseBody(testSchema, call)
  const directory = await directoryOf(call.realm.path)
  if (directory === undefined) throw withoutDirectory()
  try {
    const [person, other] = await directory.find('userName', userName, 2)
    const found: JsonObject = {
      isReachable: true,
      isFound: person !== undefined,
      isUnique: other === undefined,
    }
    if (person === undefined) return { body: found }
    const { dn, userName: name, isActive = true, attributes } = person
    return { body: { ...found, person: { dn, userName: name, isActive, attributes } } }
  } catch (error) {
    if (!(error instanceof OperationError)) throw error
    const isAdministrator = (await call.rights()).may('administrator', '/')
    return {
      body: {
        isReachable: false,
        // rule S06: otherwise the trial of a directory tells realm administrators open from closed ports
        reason: isAdministrator ? reasonOf(error.cause) : 'unavailable',
      },
    }
  }
}

async function synchronize({ linkedPeople }: DirectoryDependencies, call: Call): Promise<Answer> {
  const done = await linkedPeople.synchronize(call.realm.path)
  if (done === undefined) throw withoutDirectory()
  return { body: done }
}

function withoutDirectory(): RequestError {
  return new RequestError(404, 'The realm has no directory in its settings')
}

/** Only the error code, because error texts of a directory may contain names and values. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'unknown'
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name
}
