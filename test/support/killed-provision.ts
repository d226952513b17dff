import { openProject } from '../../src/testing/project/project.ts'
import { Admin } from '../../src/testing/remote/admin.ts'
import { Provision } from '../../src/testing/remote/provision.ts'
import { RemoteServer } from '../../src/testing/remote/remote-server.ts'
import { targetOf } from '../../src/testing/remote/targets.ts'

/** Creates journeys and people on a server, and dies. */
export async function killed(
  folder: string,
  url: string,
  environment: Readonly<Record<string, string>>,
): Promise<void> {
  const project = openProject(folder)
  const target = targetOf(url, {})
  const credentials = { userEnv: 'ADMIN', passwordEnv: 'ADMIN_PASSWORD' }
  const admin = await Admin.signIn(new RemoteServer(target), credentials, environment)
  const provision = await Provision.of(project, ['Doors'], { admin, target, realm: '/alpha' })
  await provision.create({ alex: {} }, [])
}
