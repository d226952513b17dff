import { auditStoreContract } from '../contract/audit.contract.ts'
import { callStoreContract } from '../contract/calls.contract.ts'
import { configurationContract } from '../contract/configuration.contract.ts'
import { identityStoreContract } from '../contract/identities.contract.ts'
import { mailStoreContract } from '../contract/mails.contract.ts'
import { oauthStoreContract } from '../contract/oauth.contract.ts'
import { sessionStoreContract } from '../contract/sessions.contract.ts'
import { stepStoreContract } from '../contract/steps.contract.ts'
import { transactionStoreContract } from '../contract/transactions.contract.ts'
import { verificationStoreContract } from '../contract/verifications.contract.ts'
import { openStores } from '../stores.ts'
import { temporaryFolder } from './temporary-folder.ts'

const open = () => openStores({ dataFolder: temporaryFolder(), databaseUrl: undefined })

sessionStoreContract(open)
identityStoreContract(open)
transactionStoreContract(open)
verificationStoreContract(open)
stepStoreContract(open)
configurationContract(open)
oauthStoreContract(open)
mailStoreContract(open)
callStoreContract(open)
auditStoreContract(open)
