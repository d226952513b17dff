import { saveEvidenceOfFailures } from './evidence.ts'
import { closeWindowsAfterTests } from './lent-windows.ts'

saveEvidenceOfFailures()
closeWindowsAfterTests()
