import type { Admin } from './admin.ts'
import { AmUsers } from './am-users.ts'
import { ManagedPeople } from './managed-people.ts'
import type { PeopleApi } from './people-api.ts'

/** Managed objects, or AM's users on a server without them. @param realm its path. */
export async function openPeople(admin: Admin, realm: string): Promise<PeopleApi> {
  const managed = new ManagedPeople(admin, realm)
  return (await managed.exists()) ? managed : new AmUsers(admin, realm)
}
