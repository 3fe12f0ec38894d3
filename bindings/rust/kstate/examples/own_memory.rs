use kstate::{Dump, HostError, Memory, Offers, Options, Space, Target};

/// Physical memory from anywhere: here from a dump, as a hypervisor would bring its guest's.
struct Guest<'d>(Target<&'d Dump<'static>>);

impl Memory for Guest<'_> {
    fn read(&self, space: Space, address: u64, buf: &mut [u8]) -> Result<usize, HostError> {
        Ok(self.0.read(space, address, buf)?)
    }

    fn offers(&self) -> Offers {
        Offers::PHYSICAL_ONLY
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "memory.dmp".into());
    let dump = Dump::open(path)?;
    let guest = Guest(Target::of_dump(&dump, &Options::new())?);
    let identity = guest.0.identity();
    let target = Target::new(&guest, &Options::new().layout(guest.0.layout()).identity(&identity))?;
    for module in target.kernel_modules()? {
        let module = module?;
        println!(
            "{:#x}  {}",
            module.base().unwrap_or(0),
            module.name().unwrap_or("?".into())
        );
    }
    Ok(())
}
