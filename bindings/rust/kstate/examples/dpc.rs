use kstate::{DpcHas, Error, Target};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "memory.dmp".into());
    let target = Target::open(path)?;
    for processor in target.processors()? {
        let processor = processor?;
        if processor.dpc_routine_active().unwrap_or(0) != 0 {
            let module = target.module_find(processor.context_ip().unwrap_or(0))?;
            let name = module
                .as_ref()
                .and_then(|module| module.name())
                .unwrap_or("unknown".into());
            println!("processor {} runs a DPC in {name}", processor.number().unwrap_or(0));
        }
    }
    for dpc in target.queued_dpcs() {
        match dpc {
            Ok(dpc) if dpc.present().contains(DpcHas::ROUTINE) => println!("queued: {dpc:?}"),
            Ok(dpc) => println!("queued, but not in memory: {:#x}", dpc.address()),
            // evidence that contradicts itself is a finding, not the end
            Err(Error::Evidence(details)) => {
                println!("the queue is damaged at {:#x}: {}", details.address, details.message)
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
