import { writeSync } from 'node:fs'
import { exampleTransaction } from '../contract/examples.ts'
import { openStores, type Stores } from '../stores.ts'

/** Prints each acknowledged write synchronously, so that a kill can't lose the line. */
async function notifyForEver({ transactions }: Stores, idHash: string): Promise<never> {
  const transaction = exampleTransaction({ idHash })
  await transactions.apply([{ kind: 'create', transaction }])
  for (let i = 1; ; i += 1) {
    const sequence = await transactions.notify(idHash, `key-${i}`, { i }, transaction.createdAt)
    writeSync(1, `${idHash} ${sequence}\n`)
  }
}

const [folder = '', run] = process.argv.slice(2)
const stores = await openStores({ dataFolder: folder, databaseUrl: undefined })
await Promise.all(Array.from({ length: 8 }, (_, caller) => notifyForEver(stores, `${run}-${caller}`)))
