import { openNewStores } from '../../../test/support/new-database.ts'
import { allContracts } from '../contract/all.ts'

allContracts(openNewStores)
