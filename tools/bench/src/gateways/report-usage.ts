/* Loaded into every gateway that is measured (`--require`): answers the benchmark's question how much processor time the process has used. */
process.on('message', (asked) => {
  if (asked === 'usage') process.send?.({ usage: process.cpuUsage(), memory: process.memoryUsage.rss() });
});
process.once('disconnect', () => process.exit(0));
