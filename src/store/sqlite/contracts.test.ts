import { allContracts } from '../contract/all.ts'
import { openStores } from '../stores.ts'
import { temporaryFolder } from './temporary-folder.ts'

allContracts(() => openStores({ dataFolder: temporaryFolder(), databaseUrl: undefined }))
