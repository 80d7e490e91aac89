import { generateDirectory } from '@lianfang/exchange';
import { serveTask } from './task';

/** Where the directory goes and what stands in it. */
export interface DirectoryInput {
  readonly folder: string;
  readonly deployment: Parameters<typeof generateDirectory>[1];
}

serveTask<DirectoryInput>(async ({ folder, deployment }) => void (await generateDirectory(folder, deployment, new Date())));
