import { writeSync } from 'node:fs'
import { scriptSchema } from '../../scripts/script.ts'
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

/** Saves one script again and again, always with other content. */
async function saveForEver({ scripts }: Stores, id: string): Promise<never> {
  for (let i = 1; ; i += 1) {
    await scripts.save('/alpha', scriptSchema.parse({ id, name: id, source: String(i), context: 'C' }))
    writeSync(1, `${id} ${i}\n`)
  }
}

const [folder = '', run, what] = process.argv.slice(2)
const stores = await openStores({ dataFolder: folder, databaseUrl: undefined })
const write = what === 'scripts' ? saveForEver : notifyForEver
await Promise.all(Array.from({ length: 8 }, (_, caller) => write(stores, `${run}-${caller}`)))
