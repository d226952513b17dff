import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { configurationContract } from '../contract/configuration.contract.ts'
import { identityStoreContract } from '../contract/identities.contract.ts'
import { oauthStoreContract } from '../contract/oauth.contract.ts'
import { sessionStoreContract } from '../contract/sessions.contract.ts'
import { stepStoreContract } from '../contract/steps.contract.ts'
import { transactionStoreContract } from '../contract/transactions.contract.ts'
import { openStores } from '../stores.ts'

const folder = mkdtempSync(join(tmpdir(), 'sidegate-contracts-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let opened = 0

function open() {
  opened += 1
  return openStores({ dataFolder: join(folder, String(opened)), databaseUrl: undefined })
}

sessionStoreContract(open)
identityStoreContract(open)
transactionStoreContract(open)
stepStoreContract(open)
configurationContract(open)
oauthStoreContract(open)
