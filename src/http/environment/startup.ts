import type { AnswerOf } from '../../../contract/endpoint.ts'
import { countEnvironment } from '../../../contract/environment.ts'
import { byAction, type Route } from '../route.ts'
import type { EnvironmentDependencies } from './variables.ts'

const path = '/environment/startup'
const access = 'administrator'

/**
 * What the vendor's clients call before and after they change variables. Changes are in force at once, so a restart is answered and
 * does nothing. Source: "Restart" of the vendor's API for environments.
 */
export function startupRoutes({ esvStore, esvs }: EnvironmentDependencies): Route[] {
  const ready = () => ({ body: { restartStatus: 'ready' } })
  return [
    { method: 'GET', path, access, summary: 'Says that no restart is needed.', handle: ready },
    {
      method: 'POST',
      path,
      access,
      resource: { kind: 'server' },
      reads: ['restart'],
      summary:
        'Answers as if the server restarted (`restart`): changes of variables and secrets are in force at once.',
      handle: byAction({ restart: () => ({ status: 202, body: { restartStatus: 'restarting' } }) }),
    },
    {
      ...countEnvironment,
      access,
      summary: 'Counts the stored variables and secrets, and names the variables of the process (`process`).',
      async handle() {
        const { variables, secrets } = await esvStore.all()
        const body: AnswerOf<typeof countEnvironment> = {
          secrets: secrets.length,
          variables: variables.length,
          process: esvs.processNames(),
        }
        return { body }
      },
    },
  ]
}
