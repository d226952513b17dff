import { byAction, type Route } from '../route.ts'
import type { EnvironmentDependencies } from './variables.ts'

const path = '/environment/startup'
const access = 'administrator'

/**
 * What the vendor's clients call before and after they change variables. Changes are in force at once, so a restart is answered and
 * does nothing. Source: "Restart" of the vendor's API for environments.
 */
export function startupRoutes({ esvStore }: EnvironmentDependencies): Route[] {
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
      method: 'GET',
      path: '/environment/count',
      access,
      summary: 'Counts the stored variables and secrets.',
      async handle() {
        const { variables, secrets } = await esvStore.all()
        return { body: { secrets: secrets.length, variables: variables.length } }
      },
    },
  ]
}
