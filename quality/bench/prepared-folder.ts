import { randomUUID } from 'node:crypto'
import { noFailures } from '../../src/people/identity.ts'
import { Passwords } from '../../src/people/passwords/passwords.ts'
import { openStores, type Stores } from '../../src/store/stores.ts'
import { benchJourneys } from './journeys.ts'
import { password, personCount, userName } from './people.ts'
import { startSidegate, temporaryFolder } from './servers.ts'

/**
 * A data folder after its first start, with the journeys and people of the measurements.
 * @param databaseUrl puts them into this PostgreSQL database.
 */
export async function prepareFolder(databaseUrl?: string): Promise<string> {
  const folder = temporaryFolder()
  const server = await startSidegate(folder, { databaseUrl })
  await server.stop()
  const stores = await openStores({ dataFolder: folder, databaseUrl })
  try {
    await liftLimits(stores)
    await addJourneys(stores)
    await addPeople(stores)
  } finally {
    await stores.close()
  }
  return folder
}

/** Removes limits, because all clients share one address and send more than any office would, and agents wait for long. */
async function liftLimits({ realms }: Stores): Promise<void> {
  const realm = await realms.read('/alpha')
  if (realm === undefined) throw new Error('the first start did not create the realm alpha')
  const limits = { ...realm.settings.limits, requestsPerAddress: 0 }
  await realms.save({ ...realm, settings: { ...realm.settings, limits, journeyMinutes: 120 } })
}

async function addJourneys({ configuration }: Stores): Promise<void> {
  for (const { journey, nodes } of benchJourneys) {
    for (const node of nodes) await configuration.saveNode('/alpha', node)
    await configuration.saveJourney('/alpha', journey)
  }
}

/** Adds people who all have the same hash: verifying costs the same, and hashing only once saves time. */
async function addPeople({ identities }: Stores): Promise<void> {
  const passwordHash = await new Passwords().hash(password)
  for (let number = 0; number < personCount; number++) {
    const name = userName(number)
    await identities.create({
      id: randomUUID(),
      realm: '/alpha',
      rev: 1,
      kind: 'user',
      userName: name,
      isActive: true,
      attributes: { givenName: 'Bench', sn: name, cn: name, mail: `${name}@example.com` },
      passwordHash,
      mustChangePassword: false,
      roles: [],
      createdAt: Date.now(),
      failures: noFailures,
    })
  }
}
