import { UserError } from '../cli/errors.js';

const reasons: Record<string, string> = {
  EACCES: 'you have no permission to write there',
  EPERM: 'you have no permission to write there',
  EROFS: 'it is on a read-only disk',
  ENOSPC: 'the disk is full',
  ENOENT: 'the folder does not exist and cannot be made',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EEXIST: 'a part of the path is a file, not a folder',
  EISDIR: 'it is a folder, not a file',
  ENODEV: 'it is no regular file',
  ELOOP: 'it is a link that leads nowhere',
  EBUSY: 'another program or the system holds it',
  EXDEV: 'it is on another disk than the folder it is in',
  ENAMETOOLONG: 'the name is too long',
};

/** A failed write as something that the user can mend; any other error is passed on as it is. */
export function writeError(error: unknown, file: string): unknown {
  const reason = reasons[(error as NodeJS.ErrnoException).code ?? ''];
  if (reason === undefined) return error;
  return new UserError(`${file} cannot be written: ${reason}.`, {
    nextStep: 'Choose another place or make this one writable. Nothing was changed.',
  });
}
