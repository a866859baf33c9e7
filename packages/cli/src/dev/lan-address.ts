import { networkInterfaces } from 'node:os';
import { CliError } from '../cli-error.js';

/** This machine's first IPv4 address on a network. @throws CliError `no-address`. */
export function lanAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((entries) => entries ?? []);
  const found = addresses.find(({ family, internal }) => family === 'IPv4' && !internal);
  if (found) return found.address;
  throw new CliError('no-address', 'This machine is on no network: --lan needs one. Start without --lan.');
}
