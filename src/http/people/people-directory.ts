import { z } from 'zod'
import type { JsonObject } from '../../engine/json.ts'
import { OperationError, RequestError } from '../../errors.ts'
import type { LinkedIdentities } from '../../people/directories/linked-identities.ts'
import type { DirectoryOf } from '../../people/directories/people-directory.ts'
import { parseBody } from '../body.ts'
import { type Answer, byAction, type Call, type Route } from '../route.ts'

type DirectoryDependencies = { directoryOf: DirectoryOf; linkedPeople: Pick<LinkedIdentities, 'synchronize'> }

/** The directory that has people of the realm. Where it is stands in the settings of the realm. */
export function peopleDirectoryRoutes(from: DirectoryDependencies): Route[] {
  return [
    {
      method: 'POST',
      path: 'realm-config/directory',
      access: 'realm',
      resource: { kind: 'directory' },
      reads: ['test'],
      summary:
        'Tells whether the directory of the realm can be asked, and what it has of a user name (`test`), or takes over everybody whom it has (`synchronize`).',
      handle: byAction({
        test: (call) => test(from, call),
        synchronize: (call) => synchronize(from, call),
      }),
    },
  ]
}

const testSchema = z.object({ userName: z.string().min(1).max(255) })

/**
 * Answers whether the directory can be asked. Server administrators read why not; realm administrators get one answer for
 * every cause, because they name the servers and could search a network for open ports.
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
    return { body: { isReachable: false, reason: isAdministrator ? reasonOf(error.cause) : 'unavailable' } }
  }
}

async function synchronize({ linkedPeople }: DirectoryDependencies, call: Call): Promise<Answer> {
  const done = await linkedPeople.synchronize(call.realm.path)
  if (done === undefined) throw withoutDirectory()
  return { body: done }
}

function withoutDirectory(): RequestError {
  return new RequestError(404, 'The settings of the realm name no directory')
}

/** The kind of the fault alone: texts of a directory may repeat names and values. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'unknown'
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name
}
