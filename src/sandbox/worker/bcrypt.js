// Plain JavaScript, as small as its work: the thread starts for one check, and ends with it.
import { parentPort, workerData } from 'node:worker_threads'
import { compareSync } from 'bcryptjs'

parentPort.postMessage(compareSync(workerData.password, workerData.hash))
